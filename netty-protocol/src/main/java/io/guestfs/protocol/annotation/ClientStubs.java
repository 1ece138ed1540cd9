package io.guestfs.protocol.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an interface that extends families of calls. The processor makes a package-private
 * interface beside it, named with {@code Stubs} at the end, that implements every call: those of
 * the daemon by its descriptor, the others by a class of the library.
 */
@Retention(RetentionPolicy.SOURCE)
@Target(ElementType.TYPE)
public @interface ClientStubs {}
