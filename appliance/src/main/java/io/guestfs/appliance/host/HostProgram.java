package io.guestfs.appliance.host;

import io.guestfs.appliance.ApplianceConfigurationException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Finds programs as a shell would, and runs those that have little to say. */
public final class HostProgram {

  private static final int MAX_OUTPUT = 64 * 1024;

  private HostProgram() {}

  /**
   * What came of a program.
   *
   * @param status its exit status
   * @param output what it wrote to its standard output and error, without blanks around it
   */
  public record Result(int status, String output) {}

  /**
   * Whether a file is a program.
   *
   * @param path the file
   * @return whether we may execute it
   */
  public static boolean isProgram(Path path) {
    return Files.isRegularFile(path) && Files.isExecutable(path);
  }

  /**
   * Finds a program in {@code PATH}.
   *
   * @param name of the program, without a slash
   * @return its absolute path
   */
  public static Optional<Path> find(String name) {
    return find(name, System.getenv("PATH"));
  }

  private static Optional<Path> find(String name, @Nullable String search) {
    for (String directory : (search == null ? "/usr/bin:/bin" : search).split(File.pathSeparator)) {
      Path path = Path.of(directory, name);
      if (isProgram(path)) {
        return Optional.of(path.toAbsolutePath());
      }
    }
    return Optional.empty();
  }

  /**
   * Says which of some programs is missing before it is needed.
   *
   * @param names of the programs
   * @param origin the Debian package that has them
   * @throws ApplianceConfigurationException when one is not in {@code PATH}
   */
  public static void require(List<String> names, String origin) {
    require(names, origin, System.getenv("PATH"));
  }

  static void require(List<String> names, String origin, @Nullable String search) {
    for (String name : names) {
      if (find(name, search).isEmpty()) {
        throw new ApplianceConfigurationException(
            "the program %s is not in PATH, but qemu cannot be kept in check without it; install it (Debian: apt-get install %s)"
                .formatted(name, origin));
      }
    }
  }

  /**
   * Runs a program without input; blocks.
   *
   * @param command the program and its arguments
   * @param limit how long it may take; then it is killed
   * @return how it ended
   * @throws IOException when it cannot be started, or has not ended in time
   */
  public static Result run(List<String> command, Duration limit) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .start();
    try (InputStream out = process.getInputStream()) {
      // What it says fits into the pipe: it need not be read while it runs, which would take as
      // long as it likes.
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException(
            String.join(" ", command) + " did not end in " + limit.toSeconds() + " seconds");
      }
      String output = new String(out.readNBytes(MAX_OUTPUT), StandardCharsets.UTF_8);
      return new Result(process.exitValue(), output.strip());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(command.get(0) + " was interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }
}
