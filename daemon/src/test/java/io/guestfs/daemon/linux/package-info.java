@NullMarked
package io.guestfs.daemon.linux;

import org.jspecify.annotations.NullMarked;
