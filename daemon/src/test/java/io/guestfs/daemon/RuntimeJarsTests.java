package io.guestfs.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The appliance carries the daemon, and every jar costs its start. */
class RuntimeJarsTests {
  @Test
  void theDaemonNeedsTheseJarsAndNoOthers() throws IOException {
    assertThat(artifacts())
        .containsExactlyInAnyOrder("calls", "netty-protocol", "netty-buffer", "netty-common");
  }

  /** Names of jars without version; modules of this build may be folders still. */
  private static List<String> artifacts() throws IOException {
    try (InputStream in = RuntimeJarsTests.class.getResourceAsStream("/runtime-classpath")) {
      String all = new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
      List<String> names = new ArrayList<>();
      for (String path : all.strip().split(File.pathSeparator, -1)) {
        String module = path.replaceFirst("/target/(classes|[^/]*\\.jar)$", "");
        names.add(new File(module).getName().replaceFirst("-[0-9].*", ""));
      }
      return names;
    }
  }
}
