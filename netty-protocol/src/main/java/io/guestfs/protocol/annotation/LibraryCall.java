package io.guestfs.protocol.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A call that the library composes of other calls, or answers itself. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface LibraryCall {

  /** The name that libguestfs gives the call. */
  String name();

  /** The first release of libguestfs that had the call. */
  String since();
}
