package io.guestfs.observation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MetersDocumentTests {

  private static final Path DOCUMENT =
      Path.of(System.getProperty("basedir", "."), "..", "docs", "observability.md");

  @Test
  void documentIsUpToDate() throws IOException {
    assertThat(Files.readString(DOCUMENT))
        .withFailMessage("docs/observability.md is out of date: run ./dev meters")
        .isEqualTo(MetersDocument.text());
  }

  @Test
  void namesAreUnique() {
    assertThat(Stream.of(GuestfsMeter.values()).map(GuestfsMeter::key)).doesNotHaveDuplicates();
    assertThat(Stream.of(GuestfsTag.values()).map(GuestfsTag::key)).doesNotHaveDuplicates();
  }
}
