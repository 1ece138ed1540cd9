package io.guestfs.conformance;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the commands gave, and parts of it by the names of the C interface. */
final class Results {

  private static final Pattern STEP = Pattern.compile("\\[(\\d+)\\]|([a-z0-9_]+)");

  private final List<@Nullable Object> results;

  Results(List<@Nullable Object> results) {
    this.results = results;
  }

  /**
   * A result, or a part of one.
   *
   * @param of {@code ret} for the last command's, {@code ret1} for the one before it, and so on
   * @param field a path such as {@code st_size} or {@code [0].name}; empty for all of it
   */
  @Nullable Object value(String of, String field) {
    String back = of.substring("ret".length());
    int index = results.size() - 1 - (back.isEmpty() ? 0 : Integer.parseInt(back));
    Object value = results.get(index);
    Matcher step = STEP.matcher(field);
    while (step.find()) {
      value = step.group(1) == null ? part(value, step.group(2)) : item(value, step.group(1));
    }
    return value;
  }

  private static @Nullable Object item(@Nullable Object list, String index) {
    return list instanceof List<?> items ? items.get(Integer.parseInt(index)) : absent(index, list);
  }

  private static @Nullable Object part(@Nullable Object value, String name) {
    if (value instanceof List<?> items && name.equals("len")) {
      return items.size();
    }
    if (value instanceof Record) {
      for (RecordComponent component : value.getClass().getRecordComponents()) {
        if (component.getName().equalsIgnoreCase(name.replace("_", ""))) {
          return read(component, value);
        }
      }
    }
    return absent(name, value);
  }

  private static @Nullable Object read(RecordComponent component, Object value) {
    try {
      return component.getAccessor().invoke(value);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private static Object absent(String name, @Nullable Object value) {
    throw new IllegalArgumentException("there is no " + name + " in " + value);
  }
}
