@NullMarked
package io.guestfs.daemon.content;

import org.jspecify.annotations.NullMarked;
