/** The program in the appliance: main loop, transfers, progress. */
@NullMarked
package io.guestfs.daemon;

import org.jspecify.annotations.NullMarked;
