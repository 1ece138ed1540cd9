package io.guestfs.typed;

/** The file systems that are made most often; plain calls make others too. */
public enum FilesystemType {
  /** Without a journal. */
  EXT2("ext2"),
  /** With a journal; ext4 has replaced it. */
  EXT3("ext3"),
  /** What Linux uses unless told otherwise. */
  EXT4("ext4"),
  /** For large files; it cannot be made smaller. */
  XFS("xfs"),
  /** With subvolumes and checksums. */
  BTRFS("btrfs"),
  /** FAT as everybody reads it, without owners and permissions. */
  VFAT("vfat"),
  /** That of Windows. */
  NTFS("ntfs");

  private final String plainName;

  FilesystemType(String plainName) {
    this.plainName = plainName;
  }

  /** The name as plain calls take and give it. */
  public String plainName() {
    return plainName;
  }
}
