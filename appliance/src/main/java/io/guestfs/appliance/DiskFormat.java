package io.guestfs.appliance;

import java.util.Locale;

/** Formats of disk images. The name in lower case is that of qemu's block driver. */
public enum DiskFormat {
  /** The bytes of the disk. */
  RAW,
  /** qemu copy on write, version 2 and 3. */
  QCOW2,
  /** qemu copy on write, version 1. */
  QCOW,
  /** qemu enhanced disk. */
  QED,
  /** VMware, one file with everything in it. */
  VMDK,
  /** VirtualBox. */
  VDI,
  /** Hyper-V, since 2012. */
  VHDX,
  /** Virtual PC and Hyper-V ({@code .vhd}). */
  VPC,
  /** Parallels. */
  PARALLELS;

  /**
   * The name that qemu knows the format by.
   *
   * @return the name of the block driver
   */
  public String qemuName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The format of a name, as in {@code add_drive}.
   *
   * @param name what {@link #qemuName} returns, or {@code vhd} for {@link #VPC}
   * @return the format
   * @throws ApplianceConfigurationException when there is no such format
   */
  public static DiskFormat of(String name) {
    for (DiskFormat format : values()) {
      if (format.qemuName().equals(name) || (format == VPC && name.equals("vhd"))) {
        return format;
      }
    }
    throw new ApplianceConfigurationException(
        "disk format \"" + name + "\" is not known; use one of raw, qcow2, vmdk, vdi, vhdx, vpc …");
  }
}
