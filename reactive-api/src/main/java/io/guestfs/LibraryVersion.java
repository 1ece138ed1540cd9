package io.guestfs;

import io.guestfs.calls.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this library, as the build wrote it down. */
final class LibraryVersion {

  private static final String RESOURCE = "version.properties";

  private LibraryVersion() {}

  static Version current() {
    return parse(Holder.VERSION);
  }

  /** {@code 1.2.3-SNAPSHOT} is 1, 2, 3 and what follows. */
  static Version parse(String version) {
    String[] parts = version.split("(?<=\\d)(?=[^\\d.])", 2);
    String[] numbers = parts[0].split("\\.", -1);
    return new Version(
        Long.parseLong(numbers[0]),
        Long.parseLong(numbers[1]),
        Long.parseLong(numbers[2]),
        parts.length == 2 ? parts[1] : "");
  }

  private static final class Holder {
    static final String VERSION = read();

    private static String read() {
      try (InputStream in = LibraryVersion.class.getResourceAsStream(RESOURCE)) {
        if (in == null) {
          throw new IllegalStateException(RESOURCE + " is missing beside " + LibraryVersion.class);
        }
        Properties properties = new Properties();
        properties.load(in);
        return properties.getProperty("version");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
