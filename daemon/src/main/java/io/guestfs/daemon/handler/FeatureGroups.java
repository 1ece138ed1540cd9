package io.guestfs.daemon.handler;

import static java.util.Map.entry;

import io.guestfs.calls.wire.Procedures;
import io.guestfs.daemon.filesystem.FilesystemTypes;
import io.guestfs.daemon.linux.SelinuxContext;
import io.guestfs.daemon.tool.Tool;
import io.guestfs.protocol.call.CallDescriptor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The groups of calls that a daemon may lack, and whether this one has them. */
final class FeatureGroups {
  /** What is known of a group; the order is that of the numbers on the wire. */
  enum Availability {
    AVAILABLE,
    NOT_AVAILABLE,
    UNKNOWN
  }

  /** Groups whose calls are of no use without a program. */
  private static final Map<String, String> PROGRAMS =
      Map.ofEntries(
          entry("btrfs", "btrfs"),
          entry("clevisluks", "clevis-luks-unlock"),
          entry("extlinux", "extlinux"),
          entry("f2fs", "resize.f2fs"),
          entry("gdisk", "sgdisk"),
          entry("grub", "grub-install"),
          entry("journal", "journalctl"),
          entry("ldm", "ldmtool"),
          entry("libtsk", "icat"),
          entry("libyara", "yara"),
          entry("linuxmodules", "modprobe"),
          entry("luks", "cryptsetup"),
          entry("lvm2", "lvm"),
          entry("mdadm", "mdadm"),
          entry("ntfs3g", "ntfs-3g.probe"),
          entry("ntfsprogs", "ntfsresize"),
          entry("rsync", "rsync"),
          entry("scrub", "scrub"),
          entry("selinuxrelabel", "setfiles"),
          entry("sleuthkit", "icat"),
          entry("squashfs", "mksquashfs"),
          entry("syslinux", "syslinux"),
          entry("wipefs", "wipefs"),
          entry("xfs", "mkfs.xfs"),
          entry("xz", "xz"),
          entry("zerofree", "zerofree"));

  /** Groups whose calls are of no use without this type of file system in the kernel. */
  private static final Map<String, String> FILE_SYSTEMS = Map.of("btrfs", "btrfs", "xfs", "xfs");

  /** Groups whose calls need nothing but the kernel. */
  private static final Set<String> KERNEL =
      Set.of(
          "acl",
          "blkdiscard",
          "blkdiscardzeroes",
          "fstrim",
          "hivex",
          "inotify",
          "linuxcaps",
          "linuxfsuuid",
          "linuxxattrs",
          "mknod",
          "selinux");

  /** Groups whose calls every daemon has by now. */
  private static final Set<String> RETIRED = Set.of("augeas", "realpath");

  private static final Set<String> SERVED =
      Procedures.all().stream().map(CallDescriptor::group).collect(Collectors.toSet());

  private FeatureGroups() {}

  /** All groups, whether they are there or not, sorted. */
  static List<String> names() {
    return Stream.of(PROGRAMS.keySet(), KERNEL, RETIRED).flatMap(Set::stream).sorted().toList();
  }

  static Availability of(String group) {
    if (RETIRED.contains(group)) {
      return Availability.AVAILABLE;
    }
    String program = PROGRAMS.get(group);
    if (program == null && !KERNEL.contains(group)) {
      return Availability.UNKNOWN;
    }
    boolean usable =
        SERVED.contains(group)
            && (program == null ? isInKernel(group) : Tool.isInstalled(program))
            && hasFileSystem(FILE_SYSTEMS.get(group));
    return usable ? Availability.AVAILABLE : Availability.NOT_AVAILABLE;
  }

  private static boolean hasFileSystem(@Nullable String type) {
    return type == null || FilesystemTypes.isAvailable(type);
  }

  /** Kernels have SELinux and run without it. */
  private static boolean isInKernel(String group) {
    return !group.equals("selinux") || SelinuxContext.isEnabled();
  }
}
