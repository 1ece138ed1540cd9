package io.guestfs.processor;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import io.guestfs.protocol.call.ResultType;
import io.guestfs.protocol.call.Role;
import org.jspecify.annotations.Nullable;

/**
 * What a call gives back.
 *
 * @param shape how it reaches the user
 * @param kind how it travels
 * @param javaType the declared return type
 * @param struct the record, where there is one
 * @param role what its strings name; of a hash, its keys
 * @param valueRole what the values of a hash name
 */
record ResultModel(
    Shape shape,
    ResultType.Kind kind,
    TypeName javaType,
    @Nullable ClassName struct,
    Role role,
    Role valueRole) {

  /** The record of a result that has one. */
  ClassName record() {
    if (struct == null) {
      throw new IllegalStateException(this + " has no structure");
    }
    return struct;
  }

  /** How a result reaches the user. */
  enum Shape {
    /** A {@code Mono}. */
    SINGLE,
    /** A {@code Flux} of a list that came whole. */
    LIST,
    /** A {@code Flux} of the pieces of a file. */
    FILE
  }
}
