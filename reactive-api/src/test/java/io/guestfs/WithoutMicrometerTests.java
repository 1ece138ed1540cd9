package io.guestfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.util.context.ContextView;

/** The library in a JVM that has no Micrometer. */
@Timeout(120)
class WithoutMicrometerTests {

  private static final String MICROMETER = "io.micrometer.core.instrument.MeterRegistry";

  @Test
  void callsWork() throws IOException, InterruptedException {
    String printed = ChildJvm.run(Program.class, library -> !library.startsWith("micrometer"));
    assertThat(printed).contains(Program.CALLS.toString());
  }

  /** Makes calls, and is told of them. */
  static final class Program {

    static final List<String> CALLS = List.of("ping_daemon", "download", "internal_autosync");

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Program() {}

    @SuppressWarnings("SystemOut") // the test reads it
    public static void main(String[] arguments) throws IOException {
      assertThatThrownBy(() -> Class.forName(MICROMETER))
          .isInstanceOf(ClassNotFoundException.class);
      List<String> calls = new ArrayList<>();
      try (LoopbackLauncher launcher = new LoopbackLauncher()) {
        GuestfsBuilder builder = Guestfs.builder().launcher(launcher);
        builder.using(Guestfs::pingDaemon).blockLast(PATIENCE);
        builder
            .instrumentation(remembering(calls))
            .using(g -> g.pingDaemon().thenMany(g.download("/bytes/10")))
            .blockLast(PATIENCE);
      }
      System.out.println(calls);
    }

    private static GuestfsInstrumentation remembering(List<String> calls) {
      return new GuestfsInstrumentation() {
        @Override
        public Call callStarted(String name, ContextView context) {
          calls.add(name);
          return Call.IGNORED;
        }
      };
    }
  }
}
