@NullMarked
package io.guestfs.daemon.partition;

import org.jspecify.annotations.NullMarked;
