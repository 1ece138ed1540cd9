package io.guestfs.processor;

import com.palantir.javapoet.TypeName;
import io.guestfs.protocol.call.ArgumentType;
import io.guestfs.protocol.call.Role;
import org.jspecify.annotations.Nullable;

/**
 * An argument of a call.
 *
 * @param type what travels; null for the content of a file
 */
record ParameterModel(String javaName, TypeName javaType, @Nullable ArgumentType type, Role role) {

  boolean isFile() {
    return type == null;
  }

  boolean isList() {
    return type == ArgumentType.STRING_LIST || type == ArgumentType.FILENAME_LIST;
  }

  String wireName() {
    return Names.snake(javaName);
  }
}
