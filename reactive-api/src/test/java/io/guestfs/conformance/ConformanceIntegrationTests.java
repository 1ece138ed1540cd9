package io.guestfs.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.Guestfs;
import io.guestfs.LaunchEvents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs some of the vectors, or all of them in a long run. */
@EnabledIfSystemProperty(named = "guestfs.appliance", matches = ".+")
class ConformanceIntegrationTests {

  private static final boolean LONG = Boolean.getBoolean("guestfs.long");

  private static final String APPLIANCE = System.getProperty("guestfs.appliance", "");

  @RegisterExtension final LaunchEvents events = new LaunchEvents();

  @Test
  @Timeout(3600)
  void vectorsPass() throws IOException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    boolean good =
        Conformance.run(
            Guestfs.builder().appliance(Path.of(APPLIANCE)).listener(events),
            vectors(),
            new PrintStream(printed, true, StandardCharsets.UTF_8));
    String report = printed.toString(StandardCharsets.UTF_8);
    System.out.print(report);
    assertThat(good).as(report).isTrue();
  }

  /** Those of libguestfs, and ours for calls that are not among them. */
  private static List<Vector> vectors() throws IOException {
    List<Vector> vectors = new ArrayList<>(vectors("capi-tests.json", 6));
    vectors.addAll(vectors("own-tests.json", 10));
    return vectors;
  }

  /** All vectors of a file in a long run, else every {@code share}-th. */
  private static List<Vector> vectors(String name, int share) throws IOException {
    try (InputStream file = Vector.class.getResourceAsStream("/conformance/" + name)) {
      List<Vector> vectors = Vector.read(Objects.requireNonNull(file));
      return vectors.stream()
          .filter(vector -> LONG || vectors.indexOf(vector) % share == 0)
          .toList();
    }
  }
}
