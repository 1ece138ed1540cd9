package io.guestfs;

import io.guestfs.calls.InternalCalls;
import io.guestfs.protocol.annotation.ClientStubs;

/** Procedures that the library calls for itself. */
@ClientStubs
interface Internals extends InternalCalls {}
