package io.guestfs.typed;

/** The kinds of partition tables that disks usually have. */
public enum PartitionTableType {
  /** That of the PC, for disks of up to 2 TiB; plain calls give it as {@code msdos}. */
  MBR("mbr"),
  /** That of UEFI, for disks of any size. */
  GPT("gpt");

  private final String plainName;

  PartitionTableType(String plainName) {
    this.plainName = plainName;
  }

  /** The name as plain calls take it. */
  public String plainName() {
    return plainName;
  }
}
