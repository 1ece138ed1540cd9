@NullMarked
package io.guestfs.daemon.connection;

import org.jspecify.annotations.NullMarked;
