@NullMarked
package io.guestfs.protocol;

import org.jspecify.annotations.NullMarked;
