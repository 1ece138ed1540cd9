/** The port to the library: messages, file content and progress, blocking. */
@NullMarked
package io.guestfs.daemon.connection;

import org.jspecify.annotations.NullMarked;
