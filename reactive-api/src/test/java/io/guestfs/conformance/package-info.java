/**
 * Runs vectors for single calls, in the form of libguestfs' C API tests written as JSON, through
 * the public API against a real appliance. {@link io.guestfs.conformance.Conformance} is the
 * program.
 */
@NullMarked
package io.guestfs.conformance;

import org.jspecify.annotations.NullMarked;
