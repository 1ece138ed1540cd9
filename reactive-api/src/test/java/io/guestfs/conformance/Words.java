package io.guestfs.conformance;

import io.guestfs.HostFiles;
import io.guestfs.calls.value.Key;
import io.guestfs.protocol.call.OptionValues;
import io.guestfs.protocol.xdr.GuestString;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/** Makes the arguments of a method of words: required ones first, then optional ones in order. */
final class Words {

  private static final String NULL = "NULL";
  private static final String NOT_GIVEN = "NOARG";

  private final HostFolder host;

  Words(HostFolder host) {
    this.host = host;
  }

  /**
   * Arguments of a method.
   *
   * @param values as the method takes them
   * @param file where to put the content that the method gives, if it does
   */
  record Arguments(List<@Nullable Object> values, @Nullable Path file) {}

  /** Throws {@link IllegalArgumentException} when the words do not fit the method. */
  Arguments arguments(Method method, List<String> given) {
    List<String> words = given.stream().map(host::expand).toList();
    Parameter[] parameters = method.getParameters();
    boolean hasOptions =
        parameters.length > 0
            && OptionValues.class.isAssignableFrom(parameters[parameters.length - 1].getType());
    Parameter[] required = Arrays.copyOf(parameters, parameters.length - (hasOptions ? 1 : 0));
    boolean download = DeclaredCalls.isDownload(method);
    int count = required.length + (download ? 1 : 0);
    if (words.size() < count) {
      throw new IllegalArgumentException(words.size() + " arguments are less than " + count);
    }
    List<@Nullable Object> values = new ArrayList<>();
    Path file = null;
    if (download) {
      int place = placeOfFile(required, words.subList(0, count));
      file = host.resolve(words.get(place));
      values.addAll(required(required, without(place, words.subList(0, count))));
    } else {
      values.addAll(required(required, words.subList(0, count)));
    }
    List<String> rest = words.subList(count, words.size());
    if (hasOptions) {
      values.add(options(parameters[parameters.length - 1].getType(), rest));
    } else if (!rest.isEmpty()) {
      throw new IllegalArgumentException(words.size() + " arguments are more than " + count);
    }
    return new Arguments(values, file);
  }

  /**
   * Where the name of the file stands, which is no parameter of the method: at the last place that
   * leaves words of the right types for the parameters.
   */
  private int placeOfFile(Parameter[] required, List<String> words) {
    for (int place = words.size() - 1; place > 0; place--) {
      try {
        required(required, without(place, words));
        return place;
      } catch (NumberFormatException e) {
        // A number belongs here.
      }
    }
    return 0;
  }

  private static List<String> without(int place, List<String> words) {
    List<String> others = new ArrayList<>(words);
    others.remove(place);
    return others;
  }

  private List<@Nullable Object> required(Parameter[] parameters, List<String> words) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < parameters.length; i++) {
      Parameter parameter = parameters[i];
      boolean nullable = parameter.getAnnotatedType().isAnnotationPresent(Nullable.class);
      values.add(
          nullable && words.get(i).equals(NULL) ? null : value(parameter.getType(), words.get(i)));
    }
    return values;
  }

  private Object value(Class<?> type, String word) {
    if (type == String.class) {
      return word;
    }
    if (type == boolean.class) {
      return bool(word);
    }
    if (type == int.class) {
      return (int) integer(word);
    }
    if (type == long.class) {
      return integer(word);
    }
    if (type == List.class) {
      return word.isEmpty() ? List.of() : List.of(word.split(" ", -1));
    }
    if (type == byte[].class) {
      return content(word);
    }
    if (type == Publisher.class) {
      return HostFiles.read(host.resolve(word));
    }
    if (type == Key.class) {
      return Key.of(word.toCharArray());
    }
    if (type == Path.class) {
      return host.resolve(word);
    }
    throw new IllegalArgumentException("no word can be a " + type.getSimpleName());
  }

  /** Bytes of content, which may have a NUL where a string of the guest may not. */
  private static byte[] content(String word) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String[] strings = word.split("\0", -1);
    for (int i = 0; i < strings.length; i++) {
      if (i > 0) {
        bytes.write(0);
      }
      bytes.writeBytes(GuestString.encode(strings[i]));
    }
    return bytes.toByteArray();
  }

  private static boolean bool(String word) {
    return switch (word) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(word + " is neither true nor false");
    };
  }

  /** A leading 0 alone does not mean octal. */
  static long integer(String word) {
    String digits = word.startsWith("-") ? word.substring(1) : word;
    long magnitude;
    if (digits.startsWith("0x")) {
      magnitude = Long.parseUnsignedLong(digits.substring(2), 16);
    } else if (digits.startsWith("0o")) {
      magnitude = Long.parseUnsignedLong(digits.substring(2), 8);
    } else {
      magnitude = Long.parseUnsignedLong(digits);
    }
    return word.startsWith("-") ? -magnitude : magnitude;
  }

  private Object options(Class<?> type, List<String> words) {
    List<Method> setters =
        Arrays.stream(type.getDeclaredMethods())
            .filter(method -> method.getParameterCount() == 1 && method.getReturnType() == type)
            .sorted(Comparator.comparingLong(setter -> bit(type, setter)))
            .toList();
    if (words.size() > setters.size()) {
      throw new IllegalArgumentException(
          words.size() + " optional arguments are more than " + setters.size());
    }
    Object options = defaults(type);
    for (int i = 0; i < words.size(); i++) {
      Class<?> parameter = setters.get(i).getParameterTypes()[0];
      if (isGiven(parameter, words.get(i))) {
        options = invoke(setters.get(i), options, value(parameter, words.get(i)));
      }
    }
    return options;
  }

  private static boolean isGiven(Class<?> type, String word) {
    return !word.equals(type.isPrimitive() ? "" : NOT_GIVEN);
  }

  /** Which bit of the mask a setter sets: its place in the order of the optional arguments. */
  private long bit(Class<?> type, Method setter) {
    Class<?> parameter = setter.getParameterTypes()[0];
    Object value = value(parameter, parameter == boolean.class ? "true" : "0");
    return ((OptionValues) invoke(setter, defaults(type), value)).mask();
  }

  private static Object defaults(Class<?> type) {
    try {
      return invoke(type.getMethod("defaults"), null);
    } catch (NoSuchMethodException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private static Object invoke(Method method, @Nullable Object target, Object... arguments) {
    try {
      return Objects.requireNonNull(method.invoke(target, arguments));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }
}
