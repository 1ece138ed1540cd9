@NullMarked
package io.guestfs.daemon.error;

import org.jspecify.annotations.NullMarked;
