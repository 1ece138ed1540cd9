package io.guestfs.daemon.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;

/** What only root can do. */
final class Root {
  private Root() {}

  /** Skips a test for others, for a reason. */
  static void assume(String reason) {
    assumeTrue("root".equals(System.getProperty("user.name")), reason);
  }

  static void exec(String... command) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
