package io.guestfs.appliance.qemu;

import io.guestfs.appliance.ApplianceExit;
import io.guestfs.appliance.host.HostProgram;
import io.guestfs.appliance.host.HostUser;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A qemu process that cannot outlive this JVM.
 *
 * <p>A shell holds it and has a pipe from us as its standard input, the life line. Nothing is ever
 * written to it; when it closes, because we close it or because the JVM is gone, by whatever
 * signal, a second shell that waits for just that kills qemu's process group. A parent-death signal
 * would be shorter, but follows the thread that started the process, and does not reach a qemu
 * behind a wrapper script. Both shells belong to a session of their own, so a Ctrl-C on the
 * terminal reaches the JVM only; both are waited for, so no zombie is left where the JVM is process
 * 1.
 */
public final class QemuProcess {

  /**
   * Runs its arguments and exits as they do. The inner {@code setsid} gives qemu and whatever a
   * wrapper starts a process group that can be killed as one.
   */
  private static final String SUPERVISOR =
      """
      exec 3<&0 </dev/null
      setsid "$@" 3<&- &
      qemu=$!
      { read -r _ <&3; kill -s KILL -- "-$qemu" || kill -s KILL "$qemu"; } >/dev/null 2>&1 &
      guard=$!
      exec 3<&- 2>/dev/null
      wait "$qemu"
      status=$?
      kill -s KILL "$guard"
      wait "$guard"
      exit "$status"
      """;

  private static final int MAX_ERROR_BYTES = 8 * 1024;
  private static final int MAX_ERROR_LINES = 20;

  private final Process process;
  private final Mono<ApplianceExit> exit;

  private QemuProcess(Process process, Path log, Console console) {
    this.process = process;
    this.exit =
        Mono.fromFuture(process.onExit(), true)
            .publishOn(Schedulers.boundedElastic())
            .map(ended -> new ApplianceExit(ended.exitValue(), lastLines(log), List.of()))
            .flatMap(
                exit ->
                    console
                        .finalTail()
                        .map(tail -> new ApplianceExit(exit.status(), exit.errors(), tail)))
            .cache();
  }

  /**
   * Says whether something is missing on this host that qemu is started with. There is no way
   * around it: qemu is not run without supervision, nor with a way to gain privileges.
   *
   * @throws io.guestfs.appliance.ApplianceConfigurationException when a program is missing
   */
  public static void requireHelpers() {
    HostProgram.require(List.of("setsid", "setpriv"), "util-linux");
  }

  /**
   * Starts qemu; may block.
   *
   * @param command qemu and its arguments
   * @param user whom to run it as
   * @param log receives what it writes to its standard output and error
   * @param console what the guest says, to be told with how qemu ended
   * @return the process, running
   * @throws IOException when there is no shell, or the system has no process to spare
   */
  public static QemuProcess start(List<String> command, HostUser user, Path log, Console console)
      throws IOException {
    List<String> supervised = new ArrayList<>(List.of("setsid", "sh", "-c", SUPERVISOR, "sh"));
    // Not in front of it all: the shells have to be able to kill what runs as another user.
    supervised.addAll(user.launcher());
    supervised.addAll(command);
    Process process =
        new ProcessBuilder(supervised)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    QemuProcess qemu = new QemuProcess(process, log, console);
    // Reads the log before anyone who waits for the end can remove it.
    qemu.exit.subscribe();
    return qemu;
  }

  /**
   * How it ended.
   *
   * @return completes on a thread that may block; late subscribers get the same value
   */
  public Mono<ApplianceExit> exit() {
    return exit;
  }

  /** Kills it, by closing the life line. */
  public void kill() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // Nothing was written, so nothing is flushed: closing a pipe does not fail.
      throw new AssertionError(e);
    }
  }

  private static List<String> lastLines(Path log) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long length = file.length();
      byte[] tail = new byte[(int) Math.min(length, MAX_ERROR_BYTES)];
      file.seek(length - tail.length);
      file.readFully(tail);
      List<String> lines =
          new String(tail, StandardCharsets.UTF_8).lines().filter(line -> !line.isBlank()).toList();
      return lines.subList(Math.max(0, lines.size() - MAX_ERROR_LINES), lines.size());
    } catch (IOException e) {
      return List.of("(its messages were lost: " + e.getMessage() + ")");
    }
  }
}
