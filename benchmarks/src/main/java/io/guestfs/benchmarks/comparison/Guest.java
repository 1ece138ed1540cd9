package io.guestfs.benchmarks.comparison;

import java.nio.file.Path;

/**
 * A launched appliance with one disk, and the calls that are compared, as a single thread sees
 * them. The disk is {@code /dev/sda}.
 */
public interface Guest extends AutoCloseable {

  /** Makes a file system on the whole disk, and mounts it. */
  void format(String type);

  /** Mounts the whole disk. */
  void mount();

  /** {@code list_devices}: the disks that the appliance answers with. */
  int devices();

  /** {@code exists}. */
  boolean exists(String path);

  /** {@code exists} as often as asked, as fast as the library lets one thread do it. */
  void existsAtOnce(String path, int times);

  /** {@code lstatns}: the size of a file. */
  long size(String path);

  /** {@code write}. */
  void write(String path, byte[] content);

  /** {@code read_file}. */
  byte[] read(String path);

  /** {@code ls}: how many names there are. */
  int ls(String directory);

  /** {@code readdir}: how many entries there are. */
  int readdir(String directory);

  /** {@code mkdir_p}. */
  void mkdirP(String directory);

  /** {@code rm_rf}. */
  void rmRf(String path);

  /** {@code sync}. */
  void sync();

  /** {@code upload}. */
  void upload(Path from, String to);

  /** {@code download}. */
  void download(String from, Path to);

  /** {@code tar_in}. */
  void tarIn(Path archive, String directory);

  /** {@code mkdir_p} and {@code tar_in}. */
  default void unpack(Path archive, String directory) {
    mkdirP(directory);
    tarIn(archive, directory);
  }

  /** {@code tar_out}. */
  void tarOut(String directory, Path archive);

  /** {@code checksum}, by SHA-256. */
  String checksum(String path);

  /** Names and attributes of all files of a tree of two levels: how many there are. */
  int walk(String directory);

  /** Its machine. */
  ProcessHandle qemu();

  /** Writes everything out, and ends the appliance. */
  @Override
  void close();
}
