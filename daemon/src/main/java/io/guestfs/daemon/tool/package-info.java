/** External programs. */
@NullMarked
package io.guestfs.daemon.tool;

import org.jspecify.annotations.NullMarked;
