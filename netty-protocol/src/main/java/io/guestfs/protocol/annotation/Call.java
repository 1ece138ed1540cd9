package io.guestfs.protocol.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A call that the daemon serves: the facts of the wire that the method's types do not tell. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Call {

  /** The procedure number. Numbers are never changed and never used again. */
  int number();

  /** The name that libguestfs gives the call. */
  String name();

  /** The first release of libguestfs that had the call; empty when it was never announced. */
  String since() default "";

  /** The feature group without which a daemon may lack the call; empty when all have it. */
  String group() default "";

  /** Whether the call may report progress. */
  boolean progress() default false;
}
