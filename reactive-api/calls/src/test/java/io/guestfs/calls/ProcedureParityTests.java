package io.guestfs.calls;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.guestfs.calls.wire.InternalDescriptors;
import io.guestfs.calls.wire.Procedures;
import io.guestfs.calls.wire.RetiredDescriptors;
import io.guestfs.protocol.call.CallDescriptor;
import io.guestfs.protocol.call.FieldType;
import io.guestfs.protocol.call.StructType;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares what travels with the facts: a wrong number, type or order cannot pass. */
class ProcedureParityTests {

  private static final Reference NEWEST = Reference.newest();
  private static final Reference SEED = Reference.seed();

  static Stream<CallDescriptor<?>> current() {
    Set<CallDescriptor<?>> retired = constants(RetiredDescriptors.class);
    return Procedures.all().stream().filter(call -> !retired.contains(call));
  }

  static Stream<CallDescriptor<?>> retired() {
    return constants(RetiredDescriptors.class).stream();
  }

  static Stream<StructType<?>> structs() {
    return Procedures.all().stream()
        .<StructType<?>>mapMulti(
            (call, sink) -> {
              StructType<?> struct = call.result().struct();
              if (struct != null) {
                sink.accept(struct);
              }
            })
        .distinct();
  }

  @ParameterizedTest
  @MethodSource("current")
  void procedureIsThatOfTheNewestInterface(CallDescriptor<?> call) {
    JsonNode action = NEWEST.procedure(call.procedure());
    assertThat(action).as("procedure %d", call.procedure()).isNotNull();
    assertThat(WireFacts.of(call)).isEqualTo(WireFacts.of(Objects.requireNonNull(action)));
  }

  @ParameterizedTest
  @MethodSource("current")
  void internalProceduresAreKeptFromUsers(CallDescriptor<?> call) {
    JsonNode action = Objects.requireNonNull(NEWEST.procedure(call.procedure()));
    assertThat(constants(InternalDescriptors.class).contains(call))
        .isEqualTo(action.get("visibility").asText().equals("internal"));
  }

  @ParameterizedTest
  @MethodSource("retired")
  void retiredProcedureIsThatOfTheSeed(CallDescriptor<?> call) {
    JsonNode action = SEED.procedure(call.procedure());
    assertThat(action).as("procedure %d", call.procedure()).isNotNull();
    WireFacts facts = WireFacts.of(Objects.requireNonNull(action));
    assertThat(WireFacts.of(call).name()).isEqualTo(facts.name());
    assertThat(WireFacts.of(call).arguments()).isEqualTo(facts.arguments());
    assertThat(WireFacts.of(call).result()).isEqualTo(facts.result());
    assertThat(NEWEST.procedure(call.procedure())).as("the number is free now").isNull();
  }

  @ParameterizedTest
  @MethodSource("structs")
  void structureIsThatOfTheNewestInterface(StructType<?> struct) {
    List<FieldType> fields = new ArrayList<>();
    for (JsonNode field : NEWEST.struct(struct.name()).get("fields")) {
      fields.add(fieldType(field.get("type").asText()));
    }
    assertThat(struct.fields()).isEqualTo(fields);
  }

  @Test
  void everyProcedureIsFoundByItsNumber() {
    for (CallDescriptor<?> call : Procedures.all()) {
      assertThat(Procedures.find(call.procedure())).isSameAs(call);
    }
    assertThat(Procedures.find(0)).isNull();
    assertThat(Procedures.find(-1)).isNull();
  }

  private static FieldType fieldType(String fact) {
    return switch (fact) {
      case "FChar" -> FieldType.CHAR;
      case "FString" -> FieldType.STRING;
      case "FDevice" -> FieldType.DEVICE;
      case "FBuffer" -> FieldType.BUFFER;
      case "FUUID" -> FieldType.UUID;
      case "FInt32" -> FieldType.INT32;
      case "FUInt32" -> FieldType.UINT32;
      case "FInt64" -> FieldType.INT64;
      case "FUInt64" -> FieldType.UINT64;
      case "FBytes" -> FieldType.BYTES;
      case "FOptPercent" -> FieldType.OPTIONAL_PERCENT;
      default -> throw new AssertionError(fact);
    };
  }

  private static Set<CallDescriptor<?>> constants(Class<?> descriptors) {
    Set<CallDescriptor<?>> constants = new HashSet<>();
    for (Field field : descriptors.getDeclaredFields()) {
      if (Modifier.isPublic(field.getModifiers())) {
        try {
          constants.add((CallDescriptor<?>) Objects.requireNonNull(field.get(null)));
        } catch (IllegalAccessException e) {
          throw new AssertionError(e);
        }
      }
    }
    return constants;
  }
}
