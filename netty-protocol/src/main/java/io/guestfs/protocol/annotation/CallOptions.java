package io.guestfs.protocol.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a nested interface that lists the optional arguments of a call, one method each. The order
 * of the methods is the order on the wire and gives each its bit in the header. From an interface
 * {@code Mkfs} the processor makes the immutable class {@code MkfsOptions}, with the same Javadoc.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface CallOptions {}
