package io.guestfs.appliance.image;

import io.guestfs.appliance.ApplianceConfigurationException;
import io.guestfs.appliance.Environment;
import io.guestfs.appliance.image.ApplianceImage.Kind;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Finds the appliance: in the directory that the caller names and nowhere else, or else in the
 * directories of {@code LIBGUESTFS_PATH}, or else on the class path. The methods read files and may
 * block.
 */
public final class ApplianceSource {

  /** Marks a directory as an appliance of this project. */
  static final String PROPERTIES = "appliance.properties";

  /** Format of the root; another one means that the image wants to be launched otherwise. */
  private static final String FORMAT = "erofs";

  /** Version of the conversation on the control port; an image without it is never saved. */
  private static final String CONTROL = "4";

  /** Marks a directory as a fixed appliance of libguestfs. */
  static final String FIXED_MARK = "README.fixed";

  private static final List<String> PARTS = List.of("kernel", "initrd", "root");

  private final List<String> looked = new ArrayList<>();

  private ApplianceSource() {}

  /**
   * Finds the appliance.
   *
   * @param explicit the directory that the caller names, or null
   * @param environment where to look otherwise
   * @return the first appliance there is
   * @throws ApplianceConfigurationException when there is none; says where it was looked for, and
   *     why each place would not do
   */
  public static ApplianceImage find(@Nullable Path explicit, Environment environment) {
    return new ApplianceSource().search(explicit, environment);
  }

  private ApplianceImage search(@Nullable Path explicit, Environment environment) {
    if (explicit != null) {
      ApplianceImage image = open(explicit.toAbsolutePath());
      if (image != null) {
        return image;
      }
      throw notFound();
    }
    for (Path directory : environment.searchPath()) {
      ApplianceImage image = open(directory);
      if (image != null) {
        return image;
      }
    }
    if (environment.searchPath().isEmpty()) {
      looked.add("LIBGUESTFS_PATH: not set");
    }
    Path extracted = ApplianceArtifact.extract(environment.cacheDirectory());
    if (extracted == null) {
      looked.add("class path: no " + ApplianceArtifact.LOCATION);
      throw notFound();
    }
    ApplianceImage image = open(extracted);
    if (image == null) {
      throw notFound();
    }
    return image;
  }

  private @Nullable ApplianceImage open(Path directory) {
    String fault = fault(directory);
    if (fault != null) {
      looked.add(directory + ": " + fault);
      return null;
    }
    Path properties = directory.resolve(PROPERTIES);
    return Files.exists(properties)
        ? ownImage(directory, properties)
        : new ApplianceImage(directory, Kind.FIXED, List.of(), false);
  }

  private static @Nullable String fault(Path directory) {
    if (!Files.isDirectory(directory)) {
      return Files.exists(directory) ? "is not a directory" : "does not exist";
    }
    for (String part : PARTS) {
      Path file = directory.resolve(part);
      if (!Files.isRegularFile(file)) {
        return "has no file \"" + part + "\"";
      }
      if (!Files.isReadable(file)) {
        return "\"" + part + "\" is not readable for this user";
      }
    }
    if (!Files.exists(directory.resolve(PROPERTIES))
        && !Files.exists(directory.resolve(FIXED_MARK))) {
      return "has neither " + PROPERTIES + " nor " + FIXED_MARK;
    }
    return null;
  }

  private static ApplianceImage ownImage(Path directory, Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new ApplianceConfigurationException(file + " cannot be read: " + e.getMessage(), e);
    }
    String format = properties.getProperty("format");
    if (!FORMAT.equals(format)) {
      throw new ApplianceConfigurationException(
          "%s: the root's format is %s, this library knows %s; build the appliance anew with"
                  .formatted(file, format, FORMAT)
              + " \"./dev appliance\"");
    }
    String arguments = properties.getProperty("kernel.arguments", "").strip();
    return new ApplianceImage(
        directory,
        Kind.OWN,
        arguments.isEmpty() ? List.of() : List.of(arguments.split("\\s+")),
        CONTROL.equals(properties.getProperty("control")));
  }

  private ApplianceConfigurationException notFound() {
    return new ApplianceConfigurationException(
        "no appliance found; looked in "
            + String.join("; ", looked)
            + ". Build one with \"./dev appliance\" and set LIBGUESTFS_PATH to the directory it"
            + " prints, or put the appliance artifact on the class path");
  }
}
