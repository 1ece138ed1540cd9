/** Finding the appliance: kernel, initial RAM disk and root file system. */
@NullMarked
package io.guestfs.appliance.image;

import org.jspecify.annotations.NullMarked;
