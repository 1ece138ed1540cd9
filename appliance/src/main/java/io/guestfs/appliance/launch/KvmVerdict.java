package io.guestfs.appliance.launch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers that KVM does not work, until the machine reboots, or qemu or the appliance's kernel is
 * another. Whatever else an appliance has, and wherever it is, its kernel hangs or does not. The
 * cache only saves time: when it cannot be read or written, launches go on without.
 */
final class KvmVerdict {

  private static final Logger LOGGER = LoggerFactory.getLogger(KvmVerdict.class);
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final int MAX_LENGTH = 4096;

  /** The start of a kernel's file has its version and the time of its build. */
  private static final int KERNEL_START = 64 * 1024;

  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path directory;
  private final @Nullable String key;

  private KvmVerdict(Path directory, @Nullable String key) {
    this.directory = directory;
    this.key = key;
  }

  static KvmVerdict of(Path cacheDirectory, Path qemu, Path kernel) {
    try {
      String subject = Files.readString(BOOT_ID) + version(qemu) + Files.size(kernel);
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(subject.getBytes(StandardCharsets.UTF_8));
      digest.update(start(kernel));
      String key = HexFormat.of().formatHex(digest.digest(), 0, 16);
      return new KvmVerdict(cacheDirectory.resolve("kvm"), key);
    } catch (IOException e) {
      LOGGER.debug("whether KVM works cannot be remembered", e);
      return new KvmVerdict(cacheDirectory, null);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  private static String version(Path file) throws IOException {
    Path real = file.toRealPath();
    return real + "\n" + Files.size(real) + "\n" + Files.getLastModifiedTime(real) + "\n";
  }

  private static byte[] start(Path kernel) throws IOException {
    try (InputStream file = Files.newInputStream(kernel)) {
      return file.readNBytes(KERNEL_START);
    }
  }

  /** Why KVM does not work, or null when nothing is known. */
  @Nullable String read() {
    if (key == null) {
      return null;
    }
    Path file = directory.resolve(key);
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > MAX_LENGTH) {
        return null;
      }
      return "%s (known from %s)".formatted(Files.readString(file), file);
    } catch (IOException e) {
      LOGGER.debug("{} cannot be read", file, e);
      return null;
    }
  }

  void write(String reason) {
    if (key == null) {
      return;
    }
    try {
      Files.createDirectories(directory, PRIVATE);
      Path partial = Files.createTempFile(directory, "new-", null);
      byte[] text = reason.getBytes(StandardCharsets.UTF_8);
      Files.write(partial, text.length > MAX_LENGTH ? Arrays.copyOf(text, MAX_LENGTH) : text);
      Files.move(partial, directory.resolve(key), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      LOGGER.debug("that KVM does not work cannot be remembered in {}", directory, e);
    }
  }
}
