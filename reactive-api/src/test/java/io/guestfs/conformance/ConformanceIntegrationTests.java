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
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs some of the vectors, or all of them in a long run. */
class ConformanceIntegrationTests {

  /** How many vectors there are for each that is run when time counts. */
  private static final int SHARE = Boolean.getBoolean("guestfs.long") ? 1 : 6;

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
    try (InputStream file =
        ConformanceIntegrationTests.class.getResourceAsStream("/conformance/capi-tests.json")) {
      List<Vector> vectors = Vector.read(Objects.requireNonNull(file));
      return vectors.stream().filter(vector -> vectors.indexOf(vector) % SHARE == 0).toList();
    }
  }
}
