/** The same work through this library and through libguestfs, side by side. */
@NullMarked
package io.guestfs.benchmarks.comparison;

import org.jspecify.annotations.NullMarked;
