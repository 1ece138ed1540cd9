package io.guestfs;

import io.guestfs.calls.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * The version of libguestfs that has all the calls of this library, and that of this library as the
 * build wrote it down.
 *
 * <p>Programs compare the numbers with those of the version that a call came with, so that they
 * have to be libguestfs's own.
 */
final class LibraryVersion {

  private static final String RESOURCE = "version.properties";
  private static final int MAJOR = 1;
  private static final int MINOR = 59;
  private static final int RELEASE = 2;

  private LibraryVersion() {}

  static Version current() {
    return new Version(MAJOR, MINOR, RELEASE, "-reactor-guestfs-" + Holder.VERSION);
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
