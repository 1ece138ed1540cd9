@NullMarked
package io.guestfs.daemon;

import org.jspecify.annotations.NullMarked;
