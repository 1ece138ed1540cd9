package io.guestfs.appliance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the environment variables of libguestfs say, with its meaning. The one place where they are
 * read.
 *
 * @param searchPath {@code LIBGUESTFS_PATH}: directories to look for an appliance in
 * @param qemu {@code LIBGUESTFS_HV}, else {@code LIBGUESTFS_QEMU}: qemu, or a script that runs it
 * @param memoryMegabytes {@code LIBGUESTFS_MEMSIZE}
 * @param append {@code LIBGUESTFS_APPEND}: more arguments for the guest's kernel
 * @param debug {@code LIBGUESTFS_DEBUG} is 1
 * @param trace {@code LIBGUESTFS_TRACE} is 1
 * @param backendSettings {@code LIBGUESTFS_BACKEND_SETTINGS}: settings, separated by colons
 * @param temporaryDirectory {@code LIBGUESTFS_TMPDIR}, else {@code TMPDIR}, else {@code /tmp}: for
 *     files that may get large
 * @param runtimeDirectory {@code XDG_RUNTIME_DIR}, if set: for sockets
 * @param cacheDirectory {@code LIBGUESTFS_CACHEDIR}, else {@code reactor-guestfs} below {@code
 *     XDG_CACHE_HOME}, else below {@code .cache} in the home directory: for what later launches can
 *     use again
 */
public record Environment(
    List<Path> searchPath,
    @Nullable String qemu,
    @Nullable Integer memoryMegabytes,
    @Nullable String append,
    boolean debug,
    boolean trace,
    List<String> backendSettings,
    Path temporaryDirectory,
    @Nullable Path runtimeDirectory,
    Path cacheDirectory) {

  /** The one way to launch an appliance. */
  public static final String BACKEND = "direct";

  /** Copies the lists. */
  public Environment {
    searchPath = List.copyOf(searchPath);
    backendSettings = List.copyOf(backendSettings);
  }

  /**
   * Reads the environment of this process.
   *
   * @return what it says
   * @throws ApplianceConfigurationException when a variable makes no sense
   */
  public static Environment ofProcess() {
    return of(System.getenv());
  }

  /**
   * Reads an environment.
   *
   * @param variables names and values; an empty value is the same as none
   * @return what it says
   * @throws ApplianceConfigurationException when a variable makes no sense
   */
  public static Environment of(Map<String, String> variables) {
    String tmpdir = either(variables, "LIBGUESTFS_TMPDIR", "TMPDIR");
    String runtime = value(variables, "XDG_RUNTIME_DIR");
    String backend = either(variables, "LIBGUESTFS_BACKEND", "LIBGUESTFS_ATTACH_METHOD");
    if (backend != null) {
      checkBackend(backend);
    }
    return new Environment(
        searchPath(value(variables, "LIBGUESTFS_PATH")),
        either(variables, "LIBGUESTFS_HV", "LIBGUESTFS_QEMU"),
        memory(value(variables, "LIBGUESTFS_MEMSIZE")),
        value(variables, "LIBGUESTFS_APPEND"),
        flag(variables, "LIBGUESTFS_DEBUG"),
        flag(variables, "LIBGUESTFS_TRACE"),
        settings(value(variables, "LIBGUESTFS_BACKEND_SETTINGS")),
        Path.of(tmpdir == null ? "/tmp" : tmpdir).toAbsolutePath(),
        runtime == null ? null : Path.of(runtime).toAbsolutePath(),
        cacheDirectory(variables));
  }

  /**
   * Makes sure that a backend can be had.
   *
   * @param backend {@value #BACKEND}, or {@code appliance}, as it was called once
   * @throws ApplianceConfigurationException when it is another
   */
  public static void checkBackend(String backend) {
    if (!backend.equals(BACKEND) && !backend.equals("appliance")) {
      throw new ApplianceConfigurationException(
          "backend " + backend + ": there is " + BACKEND + " only, which is qemu without libvirt");
    }
  }

  /**
   * The same, with another search path.
   *
   * @param directories to look for an appliance in
   * @return a copy
   */
  public Environment withSearchPath(List<Path> directories) {
    return copy(directories, temporaryDirectory, cacheDirectory);
  }

  /**
   * The same, with another directory for temporary files.
   *
   * @param directory is there already
   * @return a copy
   */
  public Environment withTemporaryDirectory(Path directory) {
    return copy(searchPath, directory.toAbsolutePath(), cacheDirectory);
  }

  /**
   * The same, with another directory for what later launches can use again.
   *
   * @param directory is made when needed
   * @return a copy
   */
  public Environment withCacheDirectory(Path directory) {
    return copy(searchPath, temporaryDirectory, directory.toAbsolutePath());
  }

  private Environment copy(List<Path> path, Path temporary, Path cache) {
    return new Environment(
        path,
        qemu,
        memoryMegabytes,
        append,
        debug,
        trace,
        backendSettings,
        temporary,
        runtimeDirectory,
        cache);
  }

  private static List<String> settings(@Nullable String value) {
    return value == null ? List.of() : List.of(value.split(":"));
  }

  private static @Nullable String either(
      Map<String, String> variables, String name, String otherName) {
    String value = value(variables, name);
    return value == null ? value(variables, otherName) : value;
  }

  private static @Nullable String value(Map<String, String> variables, String name) {
    String value = variables.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  private static List<Path> searchPath(@Nullable String value) {
    List<Path> paths = new ArrayList<>();
    if (value != null) {
      for (String element : value.split(":", -1)) {
        // As in a shell's PATH, an empty element is the current directory.
        paths.add(Path.of(element).toAbsolutePath().normalize());
      }
    }
    return paths;
  }

  private static @Nullable Integer memory(@Nullable String value) {
    if (value == null) {
      return null;
    }
    try {
      int megabytes = Integer.parseInt(value.strip());
      if (megabytes >= MachineConfig.MIN_MEMORY_MEGABYTES) {
        return megabytes;
      }
    } catch (NumberFormatException e) {
      // The message below says all there is to say.
    }
    throw new ApplianceConfigurationException(
        "LIBGUESTFS_MEMSIZE=%s: must be a number of megabytes, at least %d"
            .formatted(value, MachineConfig.MIN_MEMORY_MEGABYTES));
  }

  private static boolean flag(Map<String, String> variables, String name) {
    String value = value(variables, name);
    if (value == null) {
      return false;
    }
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "1", "true", "t", "yes", "y", "on" -> true;
      case "0", "false", "f", "no", "n", "off" -> false;
      default ->
          throw new ApplianceConfigurationException(
              name + "=" + value + ": use 1 to turn it on, 0 to turn it off");
    };
  }

  private static Path cacheDirectory(Map<String, String> variables) {
    String own = value(variables, "LIBGUESTFS_CACHEDIR");
    if (own != null) {
      return Path.of(own).toAbsolutePath();
    }
    String cache = value(variables, "XDG_CACHE_HOME");
    if (cache != null) {
      return Path.of(cache, "reactor-guestfs").toAbsolutePath();
    }
    String home = value(variables, "HOME");
    String base = home == null ? System.getProperty("user.home", "/tmp") : home;
    return Path.of(base, ".cache", "reactor-guestfs").toAbsolutePath();
  }
}
