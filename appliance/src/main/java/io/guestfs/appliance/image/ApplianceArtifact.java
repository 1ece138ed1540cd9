package io.guestfs.appliance.image;

import io.guestfs.appliance.ApplianceConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The appliance as a Maven artifact: files below {@value #LOCATION} on the class path, which qemu
 * cannot read there, so they are unpacked into the cache once. The directory is named by the digest
 * of the artifact's properties, which in turn name the digest of what the image was built from.
 */
final class ApplianceArtifact {

  static final String LOCATION = "META-INF/guestfs-appliance/";

  private static final List<String> FILES = List.of("kernel", "initrd", "root");

  private ApplianceArtifact() {}

  /** Unpacks the artifact unless that was done before; null when there is none. */
  static @Nullable Path extract(Path cacheDirectory) {
    ClassLoader loader = loader();
    try (InputStream properties =
        loader.getResourceAsStream(LOCATION + ApplianceSource.PROPERTIES)) {
      if (properties == null) {
        return null;
      }
      byte[] content = properties.readAllBytes();
      Path target = cacheDirectory.resolve("appliance-" + digest(content));
      if (!Files.isDirectory(target)) {
        Files.createDirectories(cacheDirectory);
        unpack(loader, content, target);
      }
      return target;
    } catch (IOException e) {
      throw new ApplianceConfigurationException(
          "the appliance on the class path cannot be unpacked into %s: %s"
              .formatted(cacheDirectory, e),
          e);
    }
  }

  private static ClassLoader loader() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return context != null ? context : ApplianceArtifact.class.getClassLoader();
  }

  /** Whoever renames first wins; all have the same content. */
  private static void unpack(ClassLoader loader, byte[] properties, Path target)
      throws IOException {
    Path partial =
        Files.createTempDirectory(
            target.toAbsolutePath().getParent(),
            "unpacking-",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    try {
      for (String name : FILES) {
        try (InputStream in = loader.getResourceAsStream(LOCATION + name)) {
          if (in == null) {
            throw new IOException("the artifact lacks \"" + name + "\"");
          }
          Files.copy(in, partial.resolve(name));
        }
      }
      Files.write(partial.resolve(ApplianceSource.PROPERTIES), properties);
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
      remove(partial);
    } catch (IOException e) {
      remove(partial);
      throw e;
    }
  }

  private static void remove(Path directory) throws IOException {
    for (String name : FILES) {
      Files.deleteIfExists(directory.resolve(name));
    }
    Files.deleteIfExists(directory.resolve(ApplianceSource.PROPERTIES));
    Files.deleteIfExists(directory);
  }

  private static String digest(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
