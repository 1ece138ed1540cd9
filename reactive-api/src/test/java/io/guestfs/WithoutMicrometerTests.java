package io.guestfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.util.context.ContextView;

/** The library in a JVM that has no Micrometer. */
@Timeout(120)
class WithoutMicrometerTests {

  private static final String MICROMETER = "io.micrometer.core.instrument.MeterRegistry";
  private static final int PATIENCE_SECONDS = 100;

  @TempDir private Path directory;

  @Test
  void callsWork() throws IOException, InterruptedException {
    String classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("micrometer"))
            .collect(Collectors.joining(File.pathSeparator));
    Path output = directory.resolve("output");
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                Program.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(jvm.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("ended in time").isTrue();
      assertThat(jvm.exitValue()).as(Files.readString(output)).isZero();
      assertThat(Files.readString(output)).contains(Program.CALLS.toString());
    } finally {
      jvm.destroyForcibly();
    }
  }

  /** Makes calls, and is told of them. */
  static final class Program {

    static final List<String> CALLS = List.of("ping_daemon", "download", "internal_autosync");

    private static final Duration PATIENCE = Duration.ofSeconds(PATIENCE_SECONDS);

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
