package io.guestfs.daemon.initrd;

import io.guestfs.daemon.linux.FileType;

/**
 * A file in a cpio archive.
 *
 * @param links how many names it has there; but one of them comes with content
 * @param size the size of its content in bytes
 */
public record CpioMember(String name, int mode, long device, long inode, long links, long size) {
  /** Whether it is a file with content. */
  public boolean isRegular() {
    return FileType.ofMode(mode) == FileType.REGULAR;
  }

  boolean isDirectory() {
    return FileType.ofMode(mode) == FileType.DIRECTORY;
  }

  /** Whether both are names of one file. */
  boolean isSameFile(CpioMember other) {
    return links > 1 && inode == other.inode && device == other.device;
  }
}
