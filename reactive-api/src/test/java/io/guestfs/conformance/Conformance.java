package io.guestfs.conformance;

import io.guestfs.Guestfs;
import io.guestfs.GuestfsBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * Runs files of vectors. The appliance is the one that {@code LIBGUESTFS_PATH} names.
 *
 * <p>{@code --only REGEX} leaves those whose call's name has a match.
 */
public final class Conformance {

  private static final int SOME_FAILED = 1;
  private static final int NOT_RUN = 2;

  private Conformance() {}

  /** Exits with 0 when nothing failed, 1 when something did, 2 when nothing could be run. */
  public static void main(String[] arguments) {
    try {
      System.exit(run(List.of(arguments)) ? 0 : SOME_FAILED);
    } catch (IOException | IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(NOT_RUN);
    }
  }

  private static boolean run(List<String> arguments) throws IOException {
    Predicate<Vector> only = vector -> true;
    List<Vector> vectors = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i).equals("--only") && i + 1 < arguments.size()) {
        only = named(arguments.get(++i));
      } else {
        vectors.addAll(read(Path.of(arguments.get(i))));
      }
    }
    return run(Guestfs.builder(), vectors.stream().filter(only).toList(), System.out);
  }

  private static Predicate<Vector> named(String regex) {
    try {
      Pattern pattern = Pattern.compile(regex);
      return vector -> pattern.matcher(vector.action()).find();
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("--only: " + e.getMessage(), e);
    }
  }

  private static List<Vector> read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Vector.read(in);
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException(file + " is not a file of vectors: " + e, e);
    }
  }

  /**
   * Runs vectors on a machine of their own.
   *
   * @param builder knows the appliance
   * @return whether none failed
   */
  static boolean run(GuestfsBuilder builder, List<Vector> vectors, PrintStream out)
      throws IOException {
    Report report = new Report(out);
    Path folder = Files.createTempDirectory("conformance");
    try {
      TestData data = new TestData(folder);
      HostFolder host = new HostFolder(data.tests());
      DeclaredCalls calls = new DeclaredCalls(host);
      try (TestMachine machine = new TestMachine(builder, calls, folder, data.iso())) {
        TestRun run = new TestRun(machine, calls, host);
        for (Vector vector : vectors.stream().sorted(Vector.ORDER).toList()) {
          report.add(vector, run.run(vector));
        }
      }
    } finally {
      remove(folder);
    }
    report.close();
    return report.isGood();
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
