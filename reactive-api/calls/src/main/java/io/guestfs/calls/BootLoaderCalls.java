package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.CallOptions;
import io.guestfs.protocol.annotation.Device;
import io.guestfs.protocol.annotation.Pathname;
import reactor.core.publisher.Mono;

/**
 * Installing boot loaders. Those of the SYSLINUX family also need a master boot record, which is
 * written as the first 440 bytes of the disk, and their partition marked as bootable.
 */
@CallFamily
public interface BootLoaderCalls {

  /**
   * Installs EXTLINUX, which boots from ext, xfs and btrfs. Its configuration is a file {@code
   * extlinux.conf} beside it, which is the caller's to write.
   *
   * @param directory a directory of a mounted file system, such as {@code /boot/extlinux}
   */
  @Call(number = 400, name = "extlinux", since = "1.21.27", group = "extlinux")
  Mono<Void> extlinux(@Pathname String directory);

  /**
   * Installs SYSLINUX, which boots from FAT. Its configuration is a file {@code syslinux.cfg}
   * beside it, which is the caller's to write.
   *
   * @param device a FAT file system that is not mounted
   */
  @Call(number = 399, name = "syslinux", since = "1.21.27", group = "syslinux")
  Mono<Void> syslinux(@Device String device, SyslinuxOptions options);

  /** As {@link #syslinux(String, SyslinuxOptions)}, in the root directory. */
  default Mono<Void> syslinux(@Device String device) {
    return syslinux(device, SyslinuxOptions.defaults());
  }

  /** Optional arguments of {@link BootLoaderCalls#syslinux(String, SyslinuxOptions)}. */
  @CallOptions
  interface Syslinux {

    /** The directory of the file system to install it in; it must exist. */
    String directory();
  }

  /**
   * Installs GRUB. An appliance may lack it; running the guest's own {@code grub-install} by {@link
   * CommandCalls#command} fits the guest better.
   *
   * @param root the root directory of the guest; it goes into {@code /boot} there
   * @param device the disk that shall boot it
   */
  @Call(number = 86, name = "grub_install", since = "1.0.17", group = "grub")
  Mono<Void> grubInstall(@Pathname String root, @Device String device);
}
