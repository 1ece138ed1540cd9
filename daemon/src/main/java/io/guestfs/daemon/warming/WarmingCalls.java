package io.guestfs.daemon.warming;

import static io.guestfs.calls.wire.AttributeDescriptors.CHMOD;
import static io.guestfs.calls.wire.AttributeDescriptors.EXISTS;
import static io.guestfs.calls.wire.AttributeDescriptors.FILESIZE;
import static io.guestfs.calls.wire.AttributeDescriptors.IS_DIR;
import static io.guestfs.calls.wire.AttributeDescriptors.IS_FILE;
import static io.guestfs.calls.wire.AttributeDescriptors.LSTATNS;
import static io.guestfs.calls.wire.AttributeDescriptors.STATNS;
import static io.guestfs.calls.wire.ChecksumDescriptors.CHECKSUM;
import static io.guestfs.calls.wire.DaemonDescriptors.PING_DAEMON;
import static io.guestfs.calls.wire.DeviceContentDescriptors.PWRITE_DEVICE;
import static io.guestfs.calls.wire.DeviceDescriptors.BLOCKDEV_GETSIZE64;
import static io.guestfs.calls.wire.DeviceDescriptors.LIST_DEVICES;
import static io.guestfs.calls.wire.DeviceDescriptors.LIST_PARTITIONS;
import static io.guestfs.calls.wire.DirectoryDescriptors.FIND0;
import static io.guestfs.calls.wire.DirectoryDescriptors.LS0;
import static io.guestfs.calls.wire.DirectoryDescriptors.MKDIR;
import static io.guestfs.calls.wire.FileDescriptors.PREAD;
import static io.guestfs.calls.wire.FileDescriptors.TOUCH;
import static io.guestfs.calls.wire.FilesystemDescriptors.LIST_FILESYSTEMS;
import static io.guestfs.calls.wire.FilesystemDescriptors.MKFS;
import static io.guestfs.calls.wire.FilesystemDescriptors.STATVFS;
import static io.guestfs.calls.wire.FilesystemDescriptors.VFS_TYPE;
import static io.guestfs.calls.wire.InternalDescriptors.INTERNAL_AUTOSYNC;
import static io.guestfs.calls.wire.InternalDescriptors.INTERNAL_LSTATNSLIST;
import static io.guestfs.calls.wire.InternalDescriptors.INTERNAL_READDIR;
import static io.guestfs.calls.wire.InternalDescriptors.INTERNAL_WRITE;
import static io.guestfs.calls.wire.MountDescriptors.MOUNT;
import static io.guestfs.calls.wire.MountDescriptors.MOUNTPOINTS;
import static io.guestfs.calls.wire.MountDescriptors.UMOUNT_ALL;
import static io.guestfs.calls.wire.PartitionDescriptors.PART_DISK;
import static io.guestfs.calls.wire.PartitionDescriptors.PART_LIST;
import static io.guestfs.calls.wire.TransferDescriptors.DOWNLOAD;
import static io.guestfs.calls.wire.TransferDescriptors.UPLOAD;

import io.guestfs.daemon.tool.Tool;
import java.util.List;

/**
 * The calls that are made before the machine is saved for good. A family whose first call is slow
 * adds its own; each call keeps the template from being warm for its time, and costs each copy the
 * memory that it leaves touched.
 */
final class WarmingCalls {
  /**
   * What the kernel would load at the first use of the most frequent file systems, with what
   * mounting FAT and, by ntfs-3g, NTFS asks for.
   */
  private static final List<String> MODULES =
      List.of("ext4", "vfat", "nls_cp437", "nls_ascii", "fuse", "dm-mod");

  private static final byte[] CONTENT = new byte[4096];

  /**
   * Java compiles what was called 200 times, and looks at every 128th call: a few more than 256.
   * One method that is compiled in a copy costs it a third of its launch.
   */
  private static final int OFTEN = 260;

  /** The kernel has about as many block devices, most of them loops. */
  private static final int DEVICES = 10;

  /** The first disk, which is nobody's yet. */
  private static final String PLACEHOLDER = "/dev/sda";

  /** Few, in many calls: it is the loops that Java leaves alone while they are seldom begun. */
  private static final List<String> NAMES = List.of("file", "empty");

  private final WarmingLibrary g;
  private final String disk;

  WarmingCalls(WarmingLibrary library, String disk) {
    g = library;
    this.disk = disk;
  }

  void run() {
    Tool.of("modprobe", "-a").args(MODULES).run();
    begin();
    devices();
    fileSystem();
    files();
    transfers();
    frequent();
    g.call(INTERNAL_AUTOSYNC);
    g.call(UMOUNT_ALL);
    close();
  }

  /**
   * What can be done on a host, which has no disk for us. Some fails; Java knows most of the way
   * all the same.
   */
  void runWithoutDisk() {
    begin();
    g.call(LIST_PARTITIONS);
    g.call(LIST_FILESYSTEMS);
    g.call(MOUNTPOINTS);
    g.call(STATVFS, "/");
    files();
    transfers();
  }

  /** What a program begins with; see {@link WarmingLibrary#beginAndLeave}. */
  private void begin() {
    g.agreeOnLimits();
    g.call(PING_DAEMON);
    g.call(LIST_DEVICES);
  }

  private void devices() {
    g.call(LIST_PARTITIONS);
    g.call(BLOCKDEV_GETSIZE64, disk);
    g.call(PART_DISK, disk, "gpt");
    g.call(PART_LIST, disk);
  }

  private void fileSystem() {
    g.call(MKFS, "ext4", disk + "p1");
    g.call(LIST_FILESYSTEMS);
    g.call(VFS_TYPE, disk + "p1");
    g.call(MOUNT, disk + "p1", "/");
    g.call(MOUNTPOINTS);
    g.call(STATVFS, "/");
  }

  private void files() {
    g.call(MKDIR, "/folder");
    g.call(TOUCH, "/folder/empty");
    g.call(INTERNAL_WRITE, "/folder/file", CONTENT);
    g.call(CHMOD, 0600, "/folder/file");
    g.call(PREAD, "/folder/file", 16, 0L);
    g.call(STATNS, "/folder/file");
    g.call(LSTATNS, "/folder/file");
    g.call(INTERNAL_LSTATNSLIST, "/folder", NAMES);
    g.call(EXISTS, "/absent");
    g.call(IS_FILE, "/folder/file");
    g.call(IS_DIR, "/folder");
    g.call(FILESIZE, "/folder/file");
    g.call(LS0, "/folder");
    g.call(FIND0, "/");
    g.call(INTERNAL_READDIR, "/folder");
    g.call(CHECKSUM, "sha256", "/folder/file");
  }

  /**
   * Until Java has compiled what every launch and most programs need: to compile is the dearest
   * thing that a copy can do, since the compiler's own code is new to it, too.
   */
  private void frequent() {
    for (int time = 0; time < OFTEN; time++) {
      g.call(LIST_DEVICES);
      g.call(EXISTS, "/folder/file");
      g.call(LSTATNS, "/folder/file");
      g.call(INTERNAL_WRITE, "/folder/file", CONTENT);
      g.call(DOWNLOAD, "/folder/file");
      g.call(LS0, "/folder");
      g.call(INTERNAL_READDIR, "/folder");
      g.call(INTERNAL_LSTATNSLIST, "/folder", NAMES);
    }
  }

  /** As a program ends: what was written to is flushed, of a dozen devices that are looked at. */
  private void close() {
    g.call(PWRITE_DEVICE, PLACEHOLDER, CONTENT, 0L);
    for (int time = 0; time < OFTEN; time += DEVICES) {
      g.call(INTERNAL_AUTOSYNC);
    }
  }

  private void transfers() {
    g.upload(UPLOAD, CONTENT, "/folder/uploaded");
    g.call(DOWNLOAD, "/folder/uploaded");
  }
}
