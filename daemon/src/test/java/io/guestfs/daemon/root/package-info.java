@NullMarked
package io.guestfs.daemon.root;

import org.jspecify.annotations.NullMarked;
