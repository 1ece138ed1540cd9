/** Making and recognising file systems. */
@NullMarked
package io.guestfs.daemon.filesystem;

import org.jspecify.annotations.NullMarked;
