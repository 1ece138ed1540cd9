package io.guestfs.appliance.template;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The templates of one user, each a directory {@code KEY-RANDOM}. One appears whole, by renaming,
 * and no name is ever used twice, so what was looked at is what is used. The methods may block.
 */
public final class TemplateStore {

  /** Followed by how warm it is to be, so that who begins one leaves the others alone. */
  private static final String UNFINISHED = ".new-";

  private static final String REMOVED = ".old-";

  /** Templates beyond these, the ones used longest ago, are removed. */
  static final int KEPT = 6;

  private static final Duration UNUSED = Duration.ofDays(7);

  /** Nobody takes so long to make a template. */
  private static final Duration MAKING = Duration.ofHours(2);

  /** What a machine writes to its memory until it is saved; the rest of the file is a hole. */
  private static final long SPACE = 512L << 20;

  /** With less than this left, whoever writes must reckon with nothing. */
  private static final long USED_UP = 16L << 20;

  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path directory;

  private TemplateStore(Path directory) {
    this.directory = directory;
  }

  /**
   * Opens the store below a cache directory, made when it is not there.
   *
   * @param cache the cache directory
   * @return the store
   * @throws TemplateException when others can write there, or nothing can be made
   */
  public static TemplateStore open(Path cache) {
    Path directory = cache.resolve("templates");
    try {
      Files.createDirectories(cache, PRIVATE_DIRECTORY);
      Ownership.requireOurDirectory(cache);
      if (!Files.exists(directory)) {
        Files.createDirectories(directory, PRIVATE_DIRECTORY);
      }
      Ownership.requirePrivate(directory);
      return new TemplateStore(directory);
    } catch (IOException e) {
      throw new TemplateException("templates cannot be kept in " + directory + ": " + e, e);
    }
  }

  /**
   * Finds a template, a warm one if there is one, and notes that it is used.
   *
   * @param key its key
   * @return null when there is none
   * @throws TemplateException when there is one that cannot be used; it is gone now
   */
  public @Nullable Template find(String key) {
    try {
      Template best = null;
      for (Path found : entries(key + "-*")) {
        Template template = openOrRemove(found, key);
        if (template != null && (best == null || template.isWarm())) {
          best = template;
        }
      }
      if (best != null) {
        noteUse(best.directory());
      }
      return best;
    } catch (IOException e) {
      throw new TemplateException("templates cannot be read in " + directory + ": " + e, e);
    }
  }

  private static void noteUse(Path template) throws IOException {
    try {
      Files.setLastModifiedTime(template, FileTime.from(Instant.now()));
    } catch (NoSuchFileException e) {
      // Another has taken its place just now, which whoever restores it finds out.
    }
  }

  private @Nullable Template openOrRemove(Path found, String key) throws IOException {
    try {
      return Template.open(found, key);
    } catch (TemplateException e) {
      remove(found);
      throw e;
    } catch (IOException e) {
      if (!Files.exists(found)) {
        // Another process has swept it just now.
        return null;
      }
      remove(found);
      throw new TemplateException("the template " + found + " is damaged: " + e, e);
    }
  }

  /**
   * The lock that whoever makes a template must hold.
   *
   * @param warmth how warm it is to be
   * @return not held yet
   */
  public CaptureLock lock(Warmth warmth) {
    return new CaptureLock(directory.resolve(warmth.word() + ".lock"));
  }

  /**
   * Begins a fresh template; its lock must be held. What interrupted makers left behind is removed.
   *
   * @param key its key
   * @param memoryBytes size of the machine's memory
   * @return a directory, to be given to {@link #publish} or {@link #abandon}, with an empty file
   *     for the memory
   */
  public Path begin(String key, long memoryBytes) {
    try {
      Path made = makeDirectory(key, Warmth.FRESH);
      try (FileChannel ram = FileChannel.open(createRam(made), StandardOpenOption.WRITE)) {
        ram.write(ByteBuffer.allocate(1), memoryBytes - 1);
      }
      return made;
    } catch (IOException e) {
      throw new TemplateException("no template can be made in " + directory + ": " + e, e);
    }
  }

  /**
   * Begins a warm template with a copy of the memory of a fresh one; its lock must be held. What
   * interrupted makers left behind is removed.
   *
   * @param key the key of both
   * @param fresh the one to begin with
   * @return as {@link #begin}
   * @throws TemplateException when it cannot be copied, or is not what was saved any more
   */
  public Path beginWith(String key, Template fresh) {
    Path made = null;
    try {
      made = makeDirectory(key, Warmth.WARM);
      MemoryCopy.make(fresh.ram(), createRam(made));
      // Nothing that was written to it meanwhile may get into a template that seems whole.
      Template.open(fresh.directory(), key);
      return made;
    } catch (IOException | TemplateException e) {
      if (made != null) {
        abandon(made);
      }
      throw new TemplateException("%s cannot be copied: %s".formatted(fresh, e.getMessage()), e);
    }
  }

  private Path makeDirectory(String key, Warmth warmth) throws IOException {
    String prefix = UNFINISHED + warmth.word() + "-";
    sweepLeftOvers(prefix);
    requireSpace();
    return Files.createDirectory(directory.resolve(prefix + name(key)), PRIVATE_DIRECTORY);
  }

  /** Of the other kind only what is too old to be in the making: nobody holds its lock here. */
  private void sweepLeftOvers(String prefix) throws IOException {
    Instant longAgo = Instant.now().minus(MAKING);
    for (Path found : entries(".*-*")) {
      String name = String.valueOf(found.getFileName());
      if (!name.startsWith(UNFINISHED)
          || name.startsWith(prefix)
          || lastUsed(found).isBefore(longAgo)) {
        delete(found);
      }
    }
  }

  private void requireSpace() throws IOException {
    long free = free();
    if (free < SPACE) {
      throw new TemplateException(
          "%s has %d MB free, a template may need %d MB"
              .formatted(directory, free >> 20, SPACE >> 20),
          null);
    }
  }

  private static Path createRam(Path made) throws IOException {
    return createPrivate(made.resolve(Template.RAM));
  }

  private long free() throws IOException {
    return Files.getFileStore(directory).getUsableSpace();
  }

  /**
   * Whether there is no space left. A machine whose memory is a file dies of that by a signal,
   * without a word.
   *
   * @return a sentence, or null when there is space
   */
  public @Nullable String shortage() {
    try {
      long free = free();
      return free < USED_UP ? "there is no space left in " + directory : null;
    } catch (IOException e) {
      return "the space in " + directory + " cannot be found out: " + e;
    }
  }

  /**
   * The file for the memory of a template that was begun.
   *
   * @param begun what {@link #begin} made
   * @return its path
   */
  public static Path ram(Path begun) {
    return begun.resolve(Template.RAM);
  }

  /**
   * Completes a template, and sweeps those that it replaces or that nobody used lately.
   *
   * @param begun what {@link #begin} or {@link #beginWith} made; nobody writes to its memory any
   *     more
   * @param key its key
   * @param warmth how warm it is
   * @param qemuVersion of the qemu that saved it
   * @param state of its devices
   * @return the template
   */
  public Template publish(Path begun, String key, Warmth warmth, String qemuVersion, byte[] state) {
    try {
      Files.write(createPrivate(begun.resolve(Template.STATE)), state);
      Template.seal(begun, key, warmth, qemuVersion);
      Path published = directory.resolve(name(key));
      Files.move(begun, published, StandardCopyOption.ATOMIC_MOVE);
      Template template = Template.open(published, key);
      sweep(published, key);
      return template;
    } catch (IOException e) {
      abandon(begun);
      throw new TemplateException("the template cannot be written to " + begun + ": " + e, e);
    }
  }

  /**
   * Removes what was begun.
   *
   * @param begun what {@link #begin} or {@link #beginWith} made
   */
  public void abandon(Path begun) {
    try {
      delete(begun);
    } catch (IOException e) {
      // The next one to make a template tries again.
    }
  }

  /**
   * Removes a template that turned out to be of no use. Machines that run from it go on.
   *
   * @param template the template
   */
  public void discard(Template template) {
    try {
      remove(template.directory());
    } catch (IOException e) {
      // The next one to make a template of this kind replaces it.
    }
  }

  private void sweep(Path published, String key) throws IOException {
    List<Path> others = new ArrayList<>();
    for (Path found : entries("[!.]*-*")) {
      if (found.equals(published)) {
        continue;
      }
      boolean replaced = String.valueOf(found.getFileName()).startsWith(key);
      if (replaced || lastUsed(found).isBefore(Instant.now().minus(UNUSED))) {
        remove(found);
      } else {
        others.add(found);
      }
    }
    others.sort(Comparator.comparing(TemplateStore::lastUsed).reversed());
    for (Path surplus : others.subList(Math.min(KEPT - 1, others.size()), others.size())) {
      remove(surplus);
    }
  }

  private static Instant lastUsed(Path template) {
    try {
      return Files.getLastModifiedTime(template).toInstant();
    } catch (IOException e) {
      return Instant.MIN;
    }
  }

  private List<Path> entries(String glob) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, glob)) {
      stream.forEach(found::add);
    }
    return found;
  }

  static Path createPrivate(Path file) throws IOException {
    return Files.createFile(file, PRIVATE_FILE);
  }

  private static String name(String key) {
    return key + "-" + Long.toString(ThreadLocalRandom.current().nextLong() >>> 1, 36);
  }

  /** It goes as it came, whole: nobody finds half of one. */
  private void remove(Path template) throws IOException {
    Path removed = directory.resolve(REMOVED + template.getFileName());
    try {
      Files.move(template, removed, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      // Another process was faster.
      return;
    }
    delete(removed);
  }

  /** There are only files in it, and other processes may be deleting it too. */
  private static void delete(Path unseen) throws IOException {
    if (Files.isDirectory(unseen, LinkOption.NOFOLLOW_LINKS)) {
      try (Stream<Path> files = Files.list(unseen)) {
        for (Path file : files.toList()) {
          Files.deleteIfExists(file);
        }
      } catch (NoSuchFileException e) {
        return;
      }
    }
    Files.deleteIfExists(unseen);
  }
}
