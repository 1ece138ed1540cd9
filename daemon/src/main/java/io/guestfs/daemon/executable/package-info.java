/** What processor programs are made for, packed or in an initial RAM disk. */
@NullMarked
package io.guestfs.daemon.executable;

import org.jspecify.annotations.NullMarked;
