package io.guestfs.appliance.launch;

import io.guestfs.appliance.ApplianceLaunchException;
import io.guestfs.appliance.host.HostUser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A directory that only its owner can change, and that that does not outlive its JVM for long:
 * whoever makes the next one removes those that nobody holds the lock of.
 *
 * <p>The name begins with the process and its start, so that a JVM knows its own directories: to
 * close a file that one has locked gives up the lock (POSIX), so they must not even be looked at.
 * The lock, unlike a process id, means the same in every container that shares the place.
 */
final class PrivateDirectory {

  private static final String PREFIX = "reactor-guestfs-";
  private static final String LOCK = "lock";
  private static final String OWNER = PREFIX + owner();

  /** The longest name, with a slash. */
  static final int MAX_NAME = 48;

  /** One without a lock may be in the making; not for this long. */
  private static final Duration MAKING = Duration.ofMinutes(1);

  private final Path path;
  private final FileChannel lock;

  private PrivateDirectory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  private static String owner() {
    ProcessHandle self = ProcessHandle.current();
    long start = self.info().startInstant().orElse(Instant.EPOCH).toEpochMilli();
    return self.pid() + "-" + Long.toString(start, Character.MAX_RADIX) + "-";
  }

  /**
   * Makes a directory that a user besides us can find files in, and sweeps what dead JVMs left
   * beside it.
   *
   * @throws ApplianceLaunchException when it cannot be made
   */
  static PrivateDirectory create(Path parent, HostUser user) {
    try {
      sweep(parent);
      String random =
          Long.toString(ThreadLocalRandom.current().nextLong() >>> 24, Character.MAX_RADIX);
      Path path = parent.resolve(OWNER + random);
      Files.createDirectory(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      user.admitTo(path);
      return new PrivateDirectory(path, hold(path));
    } catch (IOException e) {
      throw new ApplianceLaunchException("no private directory can be made in " + parent, e);
    }
  }

  Path path() {
    return path;
  }

  /** Removes the directory; may block. Without effect when it is gone. */
  void delete() {
    try {
      remove(path);
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lock appears under its name only when it is held. */
  private static FileChannel hold(Path directory) throws IOException {
    Path making = directory.resolve(LOCK + ".new");
    FileChannel channel =
        FileChannel.open(making, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    if (channel.tryLock() == null) {
      channel.close();
      throw new IOException(making + " is locked by somebody else");
    }
    Files.move(making, directory.resolve(LOCK));
    return channel;
  }

  private static void sweep(Path parent) throws IOException {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path directory : found) {
        if (!directory.getFileName().toString().startsWith(OWNER)) {
          sweepOne(directory);
        }
      }
    }
  }

  /** What cannot be removed is somebody else's, or will be tried again by the next one. */
  private static void sweepOne(Path directory) {
    try (FileChannel lock = openLock(directory)) {
      if (lock == null) {
        return;
      }
      FileLock held = lock.tryLock();
      if (held != null) {
        remove(directory);
      }
    } catch (NoSuchFileException e) {
      sweepUnlocked(directory);
    } catch (OverlappingFileLockException e) {
      // Another thread of this JVM is about it.
      return;
    } catch (IOException e) {
      return;
    }
  }

  private static @Nullable FileChannel openLock(Path directory) throws IOException {
    return isOurs(directory)
        ? FileChannel.open(
            directory.resolve(LOCK), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)
        : null;
  }

  private static boolean isOurs(Path directory) throws IOException {
    return Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
        && Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS)
            .equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
  }

  private static void sweepUnlocked(Path directory) {
    try {
      Instant made = Files.getLastModifiedTime(directory, LinkOption.NOFOLLOW_LINKS).toInstant();
      if (made.isBefore(Instant.now().minus(MAKING))) {
        remove(directory);
      }
    } catch (IOException e) {
      return;
    }
  }

  private static void remove(Path directory) throws IOException {
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            // Sockets go away by themselves when their listener closes.
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e)
              throws IOException {
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
