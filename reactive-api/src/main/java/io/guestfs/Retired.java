package io.guestfs;

import io.guestfs.calls.RetiredCalls;
import io.guestfs.protocol.annotation.ClientStubs;

/** Procedures that the library falls back on when a daemon lacks newer ones. */
@ClientStubs
interface Retired extends RetiredCalls {}
