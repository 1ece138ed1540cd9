@NullMarked
package io.guestfs.daemon.lvm;

import org.jspecify.annotations.NullMarked;
