package io.guestfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs a program in a JVM of its own, with what this one was started with as far as is wanted. */
final class ChildJvm {

  private static final int PATIENCE_SECONDS = 100;

  private ChildJvm() {}

  /**
   * Runs a program to its end, which has to be a success.
   *
   * @param library which files of the class path it gets, by their names
   * @return what it printed
   */
  static String run(Class<?> program, Predicate<String> library, String... options)
      throws IOException, InterruptedException {
    // A file is never full, as a pipe is that nobody reads.
    Path output = Files.createTempFile("child-jvm", ".log");
    Process jvm =
        new ProcessBuilder(command(program, library, options))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(jvm.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("ended in time").isTrue();
      String printed = Files.readString(output);
      assertThat(jvm.exitValue()).as(printed).isZero();
      return printed;
    } finally {
      jvm.destroyForcibly();
      Files.delete(output);
    }
  }

  private static List<String> command(
      Class<?> program, Predicate<String> library, String... options) {
    String classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> library.test(new File(entry).getName()))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", classPath));
    command.addAll(List.of(options));
    command.add(program.getName());
    return command;
  }
}
