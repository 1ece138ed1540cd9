package io.guestfs.appliance.launch;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Another JVM, which runs a program that is among the tests. */
final class ChildJvm implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;

  private ChildJvm(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  static ChildJvm start(Class<?> program, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Dguestfs.appliance=" + System.getProperty("guestfs.appliance", ""),
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
    command.addAll(List.of(arguments));
    return new ChildJvm(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start());
  }

  /** The next line that it writes. */
  String line() throws IOException {
    return Optional.ofNullable(output.readLine()).orElseThrow();
  }

  /** What it still writes until it ends. */
  List<String> lines() {
    return output.lines().toList();
  }

  List<ProcessHandle> family() {
    return process.descendants().toList();
  }

  /** Kills it, by SIGKILL, and waits until what it had started is gone too. */
  void kill() {
    List<ProcessHandle> family = family();
    process.destroyForcibly();
    for (ProcessHandle member : family) {
      member.onExit().orTimeout(Launches.PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }
  }

  @Override
  public void close() throws IOException {
    kill();
    output.close();
  }
}
