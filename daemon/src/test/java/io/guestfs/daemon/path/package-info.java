@NullMarked
package io.guestfs.daemon.path;

import org.jspecify.annotations.NullMarked;
