package io.guestfs.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.guestfs.Guestfs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs some of the vectors, or all of them in a long run. */
class ConformanceIntegrationTests {

  /** How many vectors there are for each that is run when time counts. */
  private static final int SHARE = Boolean.getBoolean("guestfs.long") ? 1 : 6;

  /** Those of libguestfs, and ours for calls that it has none for. */
  private static final List<String> FILES = List.of("capi-tests.json", "own-tests.json");

  private static final String APPLIANCE = System.getProperty("guestfs.appliance", "");

  @Test
  @Timeout(3600)
  void vectorsPass() throws IOException {
    assumeThat(APPLIANCE).as("system property guestfs.appliance").isNotEmpty();
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    boolean good =
        Conformance.run(
            Guestfs.builder().appliance(Path.of(APPLIANCE)),
            vectors(),
            new PrintStream(printed, true, StandardCharsets.UTF_8));
    String report = printed.toString(StandardCharsets.UTF_8);
    System.out.print(report);
    assertThat(good).as(report).isTrue();
  }

  private static List<Vector> vectors() throws IOException {
    List<Vector> vectors = new ArrayList<>();
    for (String name : FILES) {
      try (InputStream file = Vector.class.getResourceAsStream("/conformance/" + name)) {
        vectors.addAll(Vector.read(Objects.requireNonNull(file)));
      }
    }
    return IntStream.range(0, vectors.size())
        .filter(i -> i % SHARE == 0)
        .mapToObj(vectors::get)
        .toList();
  }
}
