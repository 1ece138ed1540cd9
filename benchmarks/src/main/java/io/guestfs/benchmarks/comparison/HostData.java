package io.guestfs.benchmarks.comparison;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;

/** The content that is moved and read, made anew from a fixed seed, the same for both sides. */
final class HostData {

  static final int SMALL_BYTES = 1024;
  static final int MEDIUM_BYTES = 3 << 20;

  private static final long SEED = 7;
  private static final int DIRECTORY_OF_TREE = 100;

  private final Path large;
  private final Path tree;
  private final Path treeArchive;
  private final Path walkArchive;
  private final Path listedArchive;
  private final String largeDigest;
  private final int walked;

  private HostData(
      Path large, Path tree, Path treeArchive, Path walkArchive, Path listedArchive, int walked)
      throws IOException {
    this.large = large;
    this.tree = tree;
    this.treeArchive = treeArchive;
    this.walkArchive = walkArchive;
    this.listedArchive = listedArchive;
    this.largeDigest = sha256(large);
    this.walked = walked;
  }

  static HostData make(Path folder, Workload workload) throws IOException {
    int largeBytes = workload.megabytes() << 20;
    Random random = new Random(SEED);
    Path large = randomFile(folder.resolve("large"), largeBytes, random);
    Path tree = folder.resolve("tree");
    // Sizes from a few bytes to some hundred kilobytes, as much as the large file in all.
    int mean = largeBytes / workload.treeFiles();
    for (int i = 0; i < workload.treeFiles(); i++) {
      Path directory = Files.createDirectories(tree.resolve("d" + i / DIRECTORY_OF_TREE));
      randomFile(directory.resolve("f" + i), random.nextInt(2 * mean), random);
    }
    Path walk = folder.resolve("walk");
    for (int d = 0; d < workload.walkDirectories(); d++) {
      Path directory = Files.createDirectories(walk.resolve("d" + d));
      for (int f = 0; f < Workload.FILES_PER_DIRECTORY; f++) {
        Files.createFile(directory.resolve("f" + f));
      }
    }
    return new HostData(
        large,
        tree,
        archive(tree, "tree.tar"),
        archive(walk, "walk.tar"),
        archive(walk.resolve("d0"), "listed.tar"),
        workload.walkDirectories() * (1 + Workload.FILES_PER_DIRECTORY));
  }

  Path large() {
    return large;
  }

  /** The first so many megabytes of it. */
  Path large(int megabytes) throws IOException {
    Path part = large.resolveSibling("large" + megabytes);
    try (FileChannel from = FileChannel.open(large);
        FileChannel to = FileChannel.open(part, WRITE, CREATE, TRUNCATE_EXISTING)) {
      from.transferTo(0, (long) megabytes << 20, to);
    }
    return part;
  }

  String largeDigest() {
    return largeDigest;
  }

  Path treeArchive() {
    return treeArchive;
  }

  /** The large tree of empty files. */
  Path walkArchive() {
    return walkArchive;
  }

  /** Files and directories that the large tree has below its root. */
  int walked() {
    return walked;
  }

  /** One directory of that tree. */
  Path listedArchive() {
    return listedArchive;
  }

  /** Random text: the peer's binding knows content of calls as text only. */
  static byte[] letters(int bytes) {
    Random random = new Random(SEED);
    byte[] content = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      content[i] = (byte) ('a' + random.nextInt(26));
    }
    return content;
  }

  /** Fails when an archive does not hold exactly the tree. */
  void verifyTree(Path archive) throws IOException {
    run("tar", "--compare", "--file", archive.toString(), "--directory", tree.toString());
  }

  static String sha256(Path file) throws IOException {
    return digest("SHA-256", file);
  }

  /** By an algorithm of Java's, as hexadecimal digits. */
  static String digest(String algorithm, Path file) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  static Path sparse(Path file, long bytes) throws IOException {
    Files.deleteIfExists(file);
    try (RandomAccessFile image = new RandomAccessFile(file.toFile(), "rw")) {
      image.setLength(bytes);
    }
    return file;
  }

  private static Path randomFile(Path file, int bytes, Random random) throws IOException {
    byte[] piece = new byte[1 << 20];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int left = bytes; left > 0; left -= piece.length) {
        random.nextBytes(piece);
        out.write(piece, 0, Math.min(left, piece.length));
      }
    }
    return file;
  }

  private static Path archive(Path tree, String name) throws IOException {
    Path archive = tree.resolveSibling(name);
    run("tar", "--create", "--file", archive.toString(), "--directory", tree.toString(), ".");
    return archive;
  }

  static void run(String... command) throws IOException {
    try {
      int status = new ProcessBuilder(command).inheritIO().start().waitFor();
      if (status != 0) {
        throw new IOException(String.join(" ", command) + " failed with status " + status);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
