package io.guestfs.processor;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import io.guestfs.protocol.call.Role;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The types that a handler sees: value types where a string plays a role. */
final class HandlerTypes {

  private final ClassName family;

  HandlerTypes(ClassName family) {
    this.family = family;
  }

  TypeName argument(ParameterModel parameter) {
    if (parameter.isFile()) {
      return Names.wire(family, "IncomingFile");
    }
    ClassName value = value(parameter.role());
    if (value == null) {
      return Code.declaredType(parameter);
    }
    return parameter.isList() ? ParameterizedTypeName.get(Code.LIST, value) : value;
  }

  TypeName result(ResultModel result) {
    return switch (result.kind()) {
      case VOID -> TypeName.VOID;
      case INT -> TypeName.INT;
      case INT64 -> TypeName.LONG;
      case BOOL -> TypeName.BOOLEAN;
      case BUFFER -> TypeName.get(byte[].class);
      case STRING -> string(result.role());
      case STRING_LIST -> ParameterizedTypeName.get(Code.LIST, string(result.role()));
      case HASHTABLE ->
          ParameterizedTypeName.get(
              ClassName.get(Map.class), string(result.role()), string(result.valueRole()));
      case STRUCT -> result.record();
      case STRUCT_LIST -> ParameterizedTypeName.get(Code.LIST, result.record());
    };
  }

  private ClassName string(Role role) {
    ClassName value = value(role);
    return value == null ? ClassName.get(String.class) : value;
  }

  /** The value type of a role; null where handlers see what was declared, checked. */
  private @Nullable ClassName value(Role role) {
    return switch (role) {
      case PLAIN, GUID, CONTENT, KEY -> null;
      case FILENAME -> Names.value(family, "FileName");
      case DEVICE -> Names.value(family, "Device");
      case MOUNTABLE -> Names.value(family, "Mountable");
      case PATHNAME -> Names.value(family, "GuestPath");
      case DEVICE_OR_PATH -> Names.value(family, "DeviceOrPath");
      case MOUNTABLE_OR_PATH -> Names.value(family, "MountableOrPath");
    };
  }
}
