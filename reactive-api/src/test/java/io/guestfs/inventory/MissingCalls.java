package io.guestfs.inventory;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The list of calls that are not there, each with the reason. */
final class MissingCalls {

  /**
   * A line of the list.
   *
   * @param pattern the name of a call, with {@code *} for any letters
   */
  record Entry(String pattern, String reason) {

    boolean matches(String name) {
      return name.matches(pattern.replace("*", ".*"));
    }
  }

  private final List<Entry> entries = new ArrayList<>();

  MissingCalls() {
    try (BufferedReader list =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    MissingCalls.class.getResourceAsStream("/inventory/missing-calls")),
                StandardCharsets.UTF_8))) {
      list.lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split("\\s+", 2))
          .forEach(words -> entries.add(new Entry(words[0], words[1])));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Entry> entries() {
    return entries;
  }

  Optional<String> reason(String name) {
    return entries.stream().filter(entry -> entry.matches(name)).map(Entry::reason).findFirst();
  }
}
