/** System calls through the foreign function API. */
@NullMarked
package io.guestfs.daemon.linux;

import org.jspecify.annotations.NullMarked;
