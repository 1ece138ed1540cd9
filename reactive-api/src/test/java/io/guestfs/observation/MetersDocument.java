package io.guestfs.observation;

import io.guestfs.observation.GuestfsMeter.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes what can be measured, from the names that the library measures by. */
public final class MetersDocument {

  private static final Set<Kind> OBSERVED = EnumSet.of(Kind.OBSERVATION, Kind.EVENT);

  private MetersDocument() {}

  /** Writes it to a file. */
  public static void main(String[] arguments) throws IOException {
    Files.writeString(Path.of(arguments[0]), text());
  }

  static String text() {
    return resource("introduction.md")
        + "\n## Meters\n\n"
        + table(EnumSet.complementOf(EnumSet.copyOf(OBSERVED)))
        + "\n## Observations\n\n"
        + table(OBSERVED)
        + "\n## Tags\n\n"
        + tags()
        + "\n"
        + resource("logs.md");
  }

  private static String table(Set<Kind> kinds) {
    return "| name | kind | unit | tags | says |\n| --- | --- | --- | --- | --- |\n"
        + Stream.of(GuestfsMeter.values())
            .filter(meter -> kinds.contains(meter.kind()))
            .map(
                meter ->
                    row(
                        code(meter.key()),
                        meter.kind().toString(),
                        meter.kind().unit(),
                        meter.tags().stream()
                            .map(tag -> code(tag.key()))
                            .collect(Collectors.joining(", ")),
                        meter.description()))
            .collect(Collectors.joining());
  }

  private static String tags() {
    return "| name | of | says |\n| --- | --- | --- |\n"
        + Stream.of(GuestfsTag.values())
            .map(tag -> row(code(tag.key()), owners(tag), tag.description()))
            .collect(Collectors.joining());
  }

  private static String owners(GuestfsTag tag) {
    return Stream.of(GuestfsMeter.values())
        .filter(meter -> meter.tags().contains(tag))
        .map(meter -> code(meter.key()))
        .collect(Collectors.joining(", "));
  }

  private static String code(String name) {
    return "`" + name + "`";
  }

  private static String row(String... cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private static String resource(String name) {
    try (InputStream in = MetersDocument.class.getResourceAsStream("/observability/" + name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
