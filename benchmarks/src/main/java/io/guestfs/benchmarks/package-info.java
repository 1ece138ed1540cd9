/** What a call costs on the host. */
@NullMarked
package io.guestfs.benchmarks;

import org.jspecify.annotations.NullMarked;
