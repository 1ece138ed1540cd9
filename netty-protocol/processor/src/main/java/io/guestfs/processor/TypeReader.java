package io.guestfs.processor;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import io.guestfs.protocol.annotation.Struct;
import io.guestfs.protocol.call.ArgumentType;
import io.guestfs.protocol.call.FieldType;
import io.guestfs.protocol.call.ResultType;
import io.guestfs.protocol.call.Role;
import io.guestfs.protocol.call.Secret;
import java.util.Locale;
import java.util.Map;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Tells from the types of a declaration what travels. */
final class TypeReader {

  /** A file of the host, which only the library itself can do something with. */
  static final String HOST_PATH = "java.nio.file.Path";

  private static final String PUBLISHER = "org.reactivestreams.Publisher";
  private static final String MONO = "reactor.core.publisher.Mono";
  private static final String FLUX = "reactor.core.publisher.Flux";
  private static final String BYTE_BUFFER = "java.nio.ByteBuffer";

  private static final Map<String, Role> ROLES =
      Map.of(
          "Device", Role.DEVICE,
          "Mountable", Role.MOUNTABLE,
          "Pathname", Role.PATHNAME,
          "Filename", Role.FILENAME,
          "DeviceOrPath", Role.DEVICE_OR_PATH,
          "MountableOrPath", Role.MOUNTABLE_OR_PATH,
          "Guid", Role.GUID,
          "Content", Role.CONTENT);

  /** Reads a required or optional argument. */
  ParameterModel parameter(Element element, TypeMirror type) throws DeclarationException {
    String name = element.getSimpleName().toString();
    TypeName javaType = plain(type);
    if (qualifiedName(type).equals(PUBLISHER)) {
      return new ParameterModel(name, javaType, null, Role.PLAIN);
    }
    ArgumentType argument = argumentType(element, type);
    return new ParameterModel(name, javaType, argument, role(element, type, argument));
  }

  private static Role role(Element element, TypeMirror type, ArgumentType argument)
      throws DeclarationException {
    return switch (argument) {
      case KEY -> Role.KEY;
      case STRING_LIST, FILENAME_LIST -> role(typeArgument(element, type, 0));
      default -> role(type);
    };
  }

  private ArgumentType argumentType(Element element, TypeMirror type) throws DeclarationException {
    return switch (type.getKind()) {
      case BOOLEAN -> ArgumentType.BOOL;
      case INT -> ArgumentType.INT;
      case LONG -> ArgumentType.INT64;
      case ARRAY -> {
        if (((ArrayType) type).getComponentType().getKind() != TypeKind.BYTE) {
          throw noArgument(element, type);
        }
        yield ArgumentType.BUFFER;
      }
      case DECLARED ->
          switch (qualifiedName(type)) {
            case "java.lang.String" ->
                isAnnotated(type, "Nullable") ? ArgumentType.OPTIONAL_STRING : ArgumentType.STRING;
            case "java.util.List" ->
                role(typeArgument(element, type, 0)) == Role.FILENAME
                    ? ArgumentType.FILENAME_LIST
                    : ArgumentType.STRING_LIST;
            case HOST_PATH -> ArgumentType.STRING;
            default -> {
              if (!isSecret(type)) {
                throw noArgument(element, type);
              }
              yield ArgumentType.KEY;
            }
          };
      default -> throw noArgument(element, type);
    };
  }

  /** Reads the return type of a call. */
  ResultModel result(Element method, TypeMirror type) throws DeclarationException {
    String publisher = qualifiedName(type);
    TypeMirror item =
        publisher.equals(MONO) || publisher.equals(FLUX) ? typeArgument(method, type, 0) : type;
    TypeName javaType = plain(type);
    if (publisher.equals(FLUX)) {
      return list(method, javaType, item);
    }
    if (!publisher.equals(MONO)) {
      throw new DeclarationException(method, "a call returns a Mono or a Flux, not " + type);
    }
    ClassName struct = structOf(item);
    ResultType.Kind kind = struct != null ? ResultType.Kind.STRUCT : single(method, item);
    boolean hash = kind == ResultType.Kind.HASHTABLE;
    Role role = hash ? role(typeArgument(method, item, 0)) : role(item);
    Role valueRole = hash ? role(typeArgument(method, item, 1)) : Role.PLAIN;
    return new ResultModel(ResultModel.Shape.SINGLE, kind, javaType, struct, role, valueRole);
  }

  private ResultModel list(Element method, TypeName javaType, TypeMirror item)
      throws DeclarationException {
    ClassName struct = structOf(item);
    String name = qualifiedName(item);
    if (name.equals(BYTE_BUFFER)) {
      return new ResultModel(
          ResultModel.Shape.FILE, ResultType.Kind.VOID, javaType, null, Role.PLAIN, Role.PLAIN);
    }
    if (struct == null && !name.equals("java.lang.String")) {
      throw new DeclarationException(method, "a Flux of " + item + " is not a result of a call");
    }
    ResultType.Kind kind =
        struct == null ? ResultType.Kind.STRING_LIST : ResultType.Kind.STRUCT_LIST;
    return new ResultModel(ResultModel.Shape.LIST, kind, javaType, struct, role(item), Role.PLAIN);
  }

  private static ResultType.Kind single(Element method, TypeMirror item)
      throws DeclarationException {
    if (item.getKind() == TypeKind.ARRAY) {
      return ResultType.Kind.BUFFER;
    }
    return switch (qualifiedName(item)) {
      case "java.lang.Void" -> ResultType.Kind.VOID;
      case "java.lang.Integer" -> ResultType.Kind.INT;
      case "java.lang.Long" -> ResultType.Kind.INT64;
      case "java.lang.Boolean" -> ResultType.Kind.BOOL;
      case "java.lang.String" -> ResultType.Kind.STRING;
      case "java.util.Map" -> ResultType.Kind.HASHTABLE;
      default ->
          throw new DeclarationException(
              method, "a Mono of " + item + " is not a result of a call");
    };
  }

  /** Reads the type of a field of a structure. */
  static FieldType fieldType(Element component, TypeMirror type) throws DeclarationException {
    return switch (type.getKind()) {
      case CHAR -> FieldType.CHAR;
      case INT -> FieldType.INT32;
      case LONG -> longField(type);
      case ARRAY -> FieldType.BUFFER;
      case DECLARED ->
          switch (qualifiedName(type)) {
            case "java.util.OptionalDouble" -> FieldType.OPTIONAL_PERCENT;
            case "java.lang.String" -> stringField(type);
            default -> throw new DeclarationException(component, type + " is not a field type");
          };
      default -> throw new DeclarationException(component, type + " is not a field type");
    };
  }

  private static FieldType stringField(TypeMirror type) {
    if (isAnnotated(type, "Uuid")) {
      return FieldType.UUID;
    }
    return role(type) == Role.DEVICE ? FieldType.DEVICE : FieldType.STRING;
  }

  private static FieldType longField(TypeMirror type) {
    for (String name : new String[] {"UInt32", "UInt64", "Bytes"}) {
      if (isAnnotated(type, name)) {
        return FieldType.valueOf(name.toUpperCase(Locale.ROOT));
      }
    }
    return FieldType.INT64;
  }

  private static boolean isSecret(TypeMirror type) {
    return ((TypeElement) ((DeclaredType) type).asElement())
        .getInterfaces().stream()
            .anyMatch(each -> qualifiedName(each).equals(Secret.class.getName()));
  }

  private static Role role(TypeMirror type) {
    for (AnnotationMirror annotation : type.getAnnotationMirrors()) {
      Role role = ROLES.get(annotation.getAnnotationType().asElement().getSimpleName().toString());
      if (role != null) {
        return role;
      }
    }
    return Role.PLAIN;
  }

  private static boolean isAnnotated(TypeMirror type, String simpleName) {
    return type.getAnnotationMirrors().stream()
        .anyMatch(a -> a.getAnnotationType().asElement().getSimpleName().contentEquals(simpleName));
  }

  private static @Nullable ClassName structOf(TypeMirror type) {
    if (type.getKind() != TypeKind.DECLARED) {
      return null;
    }
    TypeElement element = (TypeElement) ((DeclaredType) type).asElement();
    return element.getAnnotation(Struct.class) == null ? null : ClassName.get(element);
  }

  private static TypeMirror typeArgument(Element element, TypeMirror type, int position)
      throws DeclarationException {
    if (type instanceof DeclaredType declared && declared.getTypeArguments().size() > position) {
      return declared.getTypeArguments().get(position);
    }
    throw new DeclarationException(element, type + " lacks a type argument");
  }

  /** The type without its annotations, which play no part in generated signatures. */
  private static TypeName plain(TypeMirror type) {
    return TypeName.get(type).withoutAnnotations();
  }

  static String qualifiedName(TypeMirror type) {
    return type instanceof DeclaredType declared
        ? ((TypeElement) declared.asElement()).getQualifiedName().toString()
        : "";
  }

  private static DeclarationException noArgument(Element element, TypeMirror type) {
    return new DeclarationException(element, type + " cannot be an argument of a call");
  }
}
