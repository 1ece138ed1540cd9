package io.guestfs.calls;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.LibraryCall;
import io.guestfs.protocol.annotation.Struct;
import io.guestfs.protocol.call.OptionValues;
import io.guestfs.protocol.call.StructType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares with the facts what declarations say beyond the wire, and the calls of the library. */
class DeclarationParityTests {

  private static final Reference NEWEST = Reference.newest();

  /** All families but the retired one, whose calls are not in the newest interface. */
  private static final List<Class<?>> FAMILIES = families();

  private static List<Class<?>> families() {
    try (Stream<Path> files = Files.list(folder())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith("Calls.class"))
          .<Class<?>>map(DeclarationParityTests::declaration)
          .filter(type -> type.isAnnotationPresent(CallFamily.class) && type != RetiredCalls.class)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder() {
    URL place = Objects.requireNonNull(FileCalls.class.getResource("FileCalls.class"));
    return Objects.requireNonNull(Path.of(URI.create(place.toString())).getParent());
  }

  private static Class<?> declaration(String file) {
    String name = file.replace(".class", "");
    try {
      return Class.forName(DeclarationParityTests.class.getPackageName() + "." + name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  static Stream<Class<?>> records() {
    return ProcedureParityTests.structs().map(DeclarationParityTests::record).distinct();
  }

  private static Class<?> record(StructType<?> struct) {
    ParameterizedType type = (ParameterizedType) struct.getClass().getGenericSuperclass();
    return (Class<?>) type.getActualTypeArguments()[0];
  }

  static Stream<Method> remoteCalls() {
    return methods().filter(method -> method.isAnnotationPresent(Call.class));
  }

  static Stream<Method> libraryCalls() {
    return methods().filter(method -> method.isAnnotationPresent(LibraryCall.class));
  }

  private static Stream<Method> methods() {
    return FAMILIES.stream().flatMap(family -> Arrays.stream(family.getDeclaredMethods()));
  }

  @ParameterizedTest
  @MethodSource("remoteCalls")
  void factsOfRemoteCallAreThoseOfTheNewestInterface(Method method) {
    Call call = method.getAnnotation(Call.class);
    JsonNode action = NEWEST.action(call.name());
    assertThat(call.number()).isEqualTo(action.get("proc_nr").asInt());
    assertThat(call.since()).isEqualTo(Reference.text(action, "since"));
    assertThat(call.progress()).isEqualTo(action.get("progress").asBoolean());
    assertThat(method.isAnnotationPresent(Deprecated.class)).isEqualTo(isDeprecated(action));
  }

  @ParameterizedTest
  @MethodSource("libraryCalls")
  void libraryCallIsOneInTheNewestInterface(Method method) {
    LibraryCall call = method.getAnnotation(LibraryCall.class);
    JsonNode action = NEWEST.action(call.name());
    assertThat(action.get("proc_nr").isNull()).isTrue();
    assertThat(call.since()).isEqualTo(Reference.text(action, "since"));
    assertThat(method.isAnnotationPresent(Deprecated.class)).isEqualTo(isDeprecated(action));
    List<String> kinds = new ArrayList<>();
    for (JsonNode argument : action.get("args")) {
      kinds.add(javaType(argument.get("kind").asText()));
    }
    if (!action.get("optargs").isEmpty()) {
      kinds.add("Options");
    }
    assertThat(Arrays.stream(method.getParameterTypes()).map(DeclarationParityTests::kind))
        .isEqualTo(kinds);
    assertThat(method.getReturnType().getSimpleName())
        .isEqualTo(action.get("ret").get("kind").asText().endsWith("List") ? "Flux" : "Mono");
  }

  @ParameterizedTest
  @MethodSource("records")
  void componentsAreNamedAsTheFields(Class<?> record) {
    JsonNode struct = NEWEST.struct(record.getAnnotation(Struct.class).name());
    List<String> names = new ArrayList<>();
    for (JsonNode field : struct.get("fields")) {
      names.add(field.get("name").asText().replace("_", ""));
    }
    assertThat(Arrays.stream(record.getRecordComponents()).map(RecordComponent::getName))
        .usingElementComparator(String.CASE_INSENSITIVE_ORDER)
        .isEqualTo(names);
    assertThat(record.getSimpleName()).isEqualTo(struct.get("camel_name").asText());
  }

  private static boolean isDeprecated(JsonNode action) {
    return !action.get("deprecated_by").isNull();
  }

  /** A file of the host is a path in Java and a string in the facts. */
  private static String kind(Class<?> type) {
    if (OptionValues.class.isAssignableFrom(type)) {
      return "Options";
    }
    return type == Path.class ? "String" : type.getSimpleName();
  }

  private static String javaType(String kind) {
    return switch (kind) {
      case "String", "OptString" -> "String";
      case "Bool" -> "boolean";
      case "Int" -> "int";
      case "Int64" -> "long";
      case "StringList" -> "List";
      case "BufferIn" -> "byte[]";
      default -> throw new AssertionError(kind);
    };
  }
}
