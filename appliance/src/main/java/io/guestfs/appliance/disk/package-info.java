/** Disk images as qemu block nodes: formats, backing chains, throw-away overlays. */
@NullMarked
package io.guestfs.appliance.disk;

import org.jspecify.annotations.NullMarked;
