package io.guestfs.appliance.image;

import java.nio.file.Path;
import java.util.List;

/**
 * The files that a machine boots from.
 *
 * @param directory where they are
 * @param kind who made them, and so how they want to be booted
 * @param kernelArguments what this kernel wants besides what every appliance gets
 * @param savable whether its daemon knows the control port, so that a machine can be saved after
 *     its boot
 */
public record ApplianceImage(
    Path directory, Kind kind, List<String> kernelArguments, boolean savable) {

  /** How an appliance wants to be booted. */
  public enum Kind {
    /** Built by this project: root on the first virtio-blk disk, never written to. */
    OWN,
    /** A fixed appliance of libguestfs: root is the last SCSI disk, and is written to. */
    FIXED
  }

  /** Copies the arguments. */
  public ApplianceImage {
    kernelArguments = List.copyOf(kernelArguments);
  }

  /**
   * The kernel.
   *
   * @return its path
   */
  public Path kernel() {
    return directory.resolve("kernel");
  }

  /**
   * The initial RAM disk.
   *
   * @return its path
   */
  public Path initrd() {
    return directory.resolve("initrd");
  }

  /**
   * The root file system, a raw image.
   *
   * @return its path
   */
  public Path root() {
    return directory.resolve("root");
  }
}
