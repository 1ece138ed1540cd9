@NullMarked
package io.guestfs.daemon.handler;

import org.jspecify.annotations.NullMarked;
