/**
 * How a call is declared: a method of an annotated interface, which the processor of the build
 * turns into descriptors, option classes, client stubs and the handler interfaces of the daemon.
 *
 * <p>The types of a declaration say what travels; an annotation is needed only where the Java type
 * does not tell, as for a string that names a device.
 */
@NullMarked
package io.guestfs.protocol.annotation;

import org.jspecify.annotations.NullMarked;
