/** Text as lines, and as words. */
@NullMarked
package io.guestfs.daemon.text;

import org.jspecify.annotations.NullMarked;
