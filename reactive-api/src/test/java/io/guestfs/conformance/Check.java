package io.guestfs.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.guestfs.protocol.xdr.GuestString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Holds what commands gave against what they must give. */
final class Check {

  private static final int FILE_TYPE = 0170000;

  /** sda, hda, vda and ubda are the same. */
  private static final Pattern DISK_PREFIX = Pattern.compile("^/dev/[a-ce-z]*d");

  private final Results results;
  private final HostFolder host;

  Check(Results results, HostFolder host) {
    this.results = results;
    this.host = host;
  }

  /** Empty when the check holds, else what is wrong. */
  String mismatch(JsonNode check) {
    String op = check.required("op").asText();
    if (op.equals("and") || op.equals("or") || op.equals("not")) {
      return combined(op, check.required("args"));
    }
    Object value = results.value(check.path("of").asText("ret"), check.path("field").asText(""));
    return holds(op, check, value) ? "" : op + " " + expected(check) + ": is " + shown(value);
  }

  private String combined(String op, JsonNode arguments) {
    List<String> mismatches = new ArrayList<>();
    arguments.forEach(argument -> mismatches.add(mismatch(argument)));
    long holding = mismatches.stream().filter(String::isEmpty).count();
    boolean holds =
        switch (op) {
          case "and" -> holding == mismatches.size();
          case "or" -> holding > 0;
          default -> holding == 0;
        };
    return holds
        ? ""
        : op + " of " + mismatches.stream().filter(mismatch -> !mismatch.isEmpty()).toList();
  }

  private boolean holds(String op, JsonNode check, @Nullable Object value) {
    JsonNode expected = check.path("value");
    return switch (op) {
      case "eq" -> compares(value, expected, c -> c == 0);
      case "ne" -> compares(value, expected, c -> c != 0);
      case "lt" -> compares(value, expected, c -> c < 0);
      case "le" -> compares(value, expected, c -> c <= 0);
      case "gt" -> compares(value, expected, c -> c > 0);
      case "ge" -> compares(value, expected, c -> c >= 0);
      case "true" -> Boolean.TRUE.equals(value);
      case "false" -> Boolean.FALSE.equals(value);
      case "streq" -> text(expected).equals(string(value));
      case "string_list" -> texts(expected).equals(strings(value));
      case "device_eq" -> device(text(expected)).equals(device(string(value)));
      case "device_list" -> devices(texts(expected)).equals(devices(strings(value)));
      case "buffer_eq" -> isBuffer((byte[]) value, check);
      case "hash_eq" -> text(expected).equals(entry(value, check));
      case "regex" -> Pattern.compile(text(expected)).matcher(entry(value, check)).find();
      case "mask_eq" -> (integer(value) & check.required("mask").asLong()) == number(expected);
      case "file_type" -> (integer(value) & FILE_TYPE) == fileType(text(expected));
      case "host_file_md5" -> host.md5(text(expected)).equals(string(value));
      default -> throw new IllegalArgumentException("there is no check " + op);
    };
  }

  private boolean compares(@Nullable Object value, JsonNode expected, LongPredicate comparison) {
    return comparison.test(Long.compare(integer(value), number(expected)));
  }

  /** In C, a call without a value gives 0, and booleans are numbers. */
  private static long integer(@Nullable Object value) {
    if (value == null) {
      return 0;
    }
    return value instanceof Boolean truth ? (truth ? 1 : 0) : ((Number) value).longValue();
  }

  private long number(JsonNode expected) {
    return expected.isNumber() ? expected.asLong() : Words.integer(text(expected));
  }

  private String text(JsonNode expected) {
    return host.expand(Vector.text(expected));
  }

  private List<String> texts(JsonNode expected) {
    List<String> texts = new ArrayList<>();
    expected.forEach(item -> texts.add(text(item)));
    return texts;
  }

  private static String string(@Nullable Object value) {
    return value instanceof byte[] bytes ? GuestString.decode(bytes) : String.valueOf(value);
  }

  /** A hash counts as its keys and values in turn. */
  private static List<String> strings(@Nullable Object value) {
    List<String> strings = new ArrayList<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach(
          (key, item) -> {
            strings.add(string(key));
            strings.add(string(item));
          });
    } else {
      ((List<?>) Objects.requireNonNull(value)).forEach(item -> strings.add(string(item)));
    }
    return strings;
  }

  private static String entry(@Nullable Object value, JsonNode check) {
    String key = check.required("key").asText();
    Object entry = ((Map<?, ?>) Objects.requireNonNull(value)).get(key);
    if (entry == null) {
      throw new IllegalArgumentException("there is no key " + key + " in " + value);
    }
    return string(entry);
  }

  private static String device(String name) {
    return DISK_PREFIX.matcher(name).replaceFirst("").replaceFirst("^/dev/", "");
  }

  private static List<String> devices(List<String> names) {
    return names.stream().map(Check::device).toList();
  }

  private boolean isBuffer(byte @Nullable [] value, JsonNode check) {
    return value != null
        && value.length == check.required("length").asInt()
        && GuestString.decode(value).equals(text(check.path("value")));
  }

  private static int fileType(String letter) {
    return switch (letter) {
      case "p" -> 0010000;
      case "c" -> 0020000;
      case "d" -> 0040000;
      case "b" -> 0060000;
      case "f" -> 0100000;
      case "l" -> 0120000;
      case "s" -> 0140000;
      default -> throw new IllegalArgumentException("there is no type of file " + letter);
    };
  }

  private static String expected(JsonNode check) {
    StringBuilder text = new StringBuilder();
    for (String part : List.of("field", "key", "mask", "value")) {
      if (check.hasNonNull(part)) {
        text.append(text.isEmpty() ? "" : " ").append(check.get(part));
      }
    }
    return text.toString();
  }

  private static String shown(@Nullable Object value) {
    return value instanceof byte[] bytes ? GuestString.decode(bytes) : String.valueOf(value);
  }
}
