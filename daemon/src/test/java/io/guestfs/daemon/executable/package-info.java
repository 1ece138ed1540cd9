@NullMarked
package io.guestfs.daemon.executable;

import org.jspecify.annotations.NullMarked;
