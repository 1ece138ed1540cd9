@NullMarked
package io.guestfs;

import org.jspecify.annotations.NullMarked;
