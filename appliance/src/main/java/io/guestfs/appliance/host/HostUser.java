package io.guestfs.appliance.host;

import io.guestfs.appliance.ApplianceConfigurationException;
import io.guestfs.appliance.ApplianceLaunchException;
import io.guestfs.appliance.host.HostProgram.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whom qemu runs as: the user of this process, or another one, which takes root. What another user
 * gets is as little as there is: it finds the files that it is told of and owns sockets and
 * overlays, but no directory, so that whoever takes qemu over cannot put anything in the way of
 * root, who removes them.
 */
public final class HostUser {

  private static final HostUser OURS = new HostUser(null, -1, -1);
  private static final Path SELF = Path.of("/proc/self");
  private static final int ROOT = 0;

  /** Of a program that looks a name up or looks at files, both of which may be on a network. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static final int NO_SUCH_KEY = 2;

  /** Prints which of its pairs of a test and a file is the first that does not hold. */
  private static final String CHECK =
      """
      place=0
      while [ $# -gt 0 ]; do
        [ "$1" "$2" ] || { echo "$place"; exit 1; }
        place=$((place + 1))
        shift 2
      done
      """;

  private final @Nullable String name;
  private final int uid;
  private final int gid;

  private HostUser(@Nullable String name, int uid, int gid) {
    this.name = name;
    this.uid = uid;
    this.gid = gid;
  }

  /** What one can want to do with a file. */
  public enum Access {
    /** Read it. */
    READ("-r"),
    /** Write to it, or connect to it. */
    WRITE("-w"),
    /** Execute it, or find what is below it. */
    ENTER("-x");

    private final String test;

    Access(String test) {
      this.test = test;
    }
  }

  /**
   * Something that has to be allowed.
   *
   * @param access what to do
   * @param file with what
   */
  public record Need(Access access, Path file) {}

  /**
   * The user of this process.
   *
   * @return to whom everything is allowed that is allowed to us
   */
  public static HostUser ours() {
    return OURS;
  }

  /**
   * Looks a user up; blocks.
   *
   * @param name a name or a number; when null, it is {@link #ours}
   * @return the user
   * @throws ApplianceConfigurationException when there is none of this name, or we are not root
   */
  public static HostUser of(@Nullable String name) {
    return name == null ? OURS : of(name, us());
  }

  static HostUser of(String name, int us) {
    if (us != ROOT) {
      throw new ApplianceConfigurationException(
          "only root can run qemu as another user, %s; this process runs as user %d"
              .formatted(name, us));
    }
    Result entry = run(List.of("getent", "passwd", "--", name));
    if (entry.status() == NO_SUCH_KEY) {
      throw new ApplianceConfigurationException(
          "there is no user %s on this host to run qemu as".formatted(name));
    }
    String[] fields = entry.output().split(":", -1);
    if (entry.status() != 0 || fields.length < 4) {
      throw new ApplianceLaunchException(
          "user %s cannot be looked up: %s".formatted(name, entry.output()), null);
    }
    return new HostUser(fields[0], Integer.parseInt(fields[2]), Integer.parseInt(fields[3]));
  }

  private static int us() {
    try {
      return (Integer) Files.getAttribute(SELF, "unix:uid");
    } catch (IOException e) {
      throw new ApplianceLaunchException("our own user cannot be found out", e);
    }
  }

  /**
   * Whether it is the user of this process.
   *
   * @return true for {@link #ours}
   */
  public boolean isOurs() {
    return name == null;
  }

  /**
   * The words in front of a command that run it as this user. Nothing that it executes gains rights
   * that it does not have (no new privileges), whatever the file says that is executed. Another
   * user does not get our environment variables either, which may hold secrets.
   *
   * @return a program and its arguments
   */
  public List<String> launcher() {
    List<String> words = new ArrayList<>(List.of("setpriv", "--no-new-privs"));
    if (!isOurs()) {
      words.addAll(List.of("--reuid=" + uid, "--regid=" + gid, "--init-groups", "--reset-env"));
    }
    words.add("--");
    return words;
  }

  /**
   * Lets the user find what is in one of our directories, and nobody else who could not before but
   * its group.
   *
   * @param directory for its owner only so far
   * @throws IOException when its group or mode cannot be changed
   */
  public void admitTo(Path directory) throws IOException {
    if (!isOurs()) {
      Files.setAttribute(directory, "unix:gid", gid);
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x---"));
    }
  }

  /**
   * Makes the user the owner of a file, the only one who may use it.
   *
   * @param file in a directory that nobody else can write to
   * @throws IOException when its owner or mode cannot be changed
   */
  public void give(Path file) throws IOException {
    if (!isOurs()) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      Files.setAttribute(file, "unix:uid", uid);
    }
  }

  /**
   * Finds out, as the user, whether something is not allowed to it; blocks.
   *
   * @param needs what is to be allowed
   * @return the first that is not, or that is not there
   */
  public Optional<Need> lacks(List<Need> needs) {
    if (isOurs() || needs.isEmpty()) {
      return Optional.empty();
    }
    List<String> command = new ArrayList<>(launcher());
    command.addAll(List.of("sh", "-c", CHECK, "sh"));
    for (Need need : needs) {
      command.add(need.access().test);
      command.add(need.file().toAbsolutePath().toString());
    }
    Result checked = run(command);
    if (checked.status() == 0) {
      return Optional.empty();
    }
    if (!checked.output().matches("\\d{1,6}")) {
      throw new ApplianceLaunchException(
          "qemu cannot be run as user %s: %s".formatted(name, checked.output()), null);
    }
    return Optional.of(needs.get(Integer.parseInt(checked.output())));
  }

  /**
   * As {@link #lacks}, for what cannot be done without.
   *
   * @param needs what is to be allowed
   * @throws ApplianceConfigurationException names what is not
   */
  public void require(List<Need> needs) {
    lacks(needs)
        .ifPresent(
            need -> {
              throw new ApplianceConfigurationException(
                  "qemu is to run as user %s, who may not %s %s; change its permissions, or those of a directory above it"
                      .formatted(
                          name,
                          switch (need.access()) {
                            case READ -> "read";
                            case WRITE -> "write to";
                            case ENTER -> Files.isDirectory(need.file()) ? "enter" : "execute";
                          },
                          need.file()));
            });
  }

  private static Result run(List<String> command) {
    try {
      return HostProgram.run(command, LIMIT);
    } catch (IOException e) {
      throw new ApplianceLaunchException("qemu cannot be run as another user: " + e, e);
    }
  }

  /** For messages. */
  @Override
  public String toString() {
    return isOurs() ? "the user of this process" : "user " + name;
  }
}
