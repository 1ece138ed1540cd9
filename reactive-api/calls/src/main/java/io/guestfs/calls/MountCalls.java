package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.CallOptions;
import io.guestfs.protocol.annotation.DeviceOrPath;
import io.guestfs.protocol.annotation.Mountable;
import io.guestfs.protocol.annotation.Pathname;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Mounting file systems. The first is mounted at {@code /}, the others inside of it; what mounts
 * are made last as long as the handle.
 */
@CallFamily
public interface MountCalls {

  /**
   * Mounts a file system for reading and writing.
   *
   * @param mountpoint {@code /}, or a directory in what is mounted
   */
  @Call(number = 1, name = "mount", since = "0.0.3")
  Mono<Void> mount(@Mountable String mountable, String mountpoint);

  /** Mounts a file system for reading. */
  @Call(number = 73, name = "mount_ro", since = "1.0.10")
  Mono<Void> mountRo(@Mountable String mountable, String mountpoint);

  /**
   * Mounts a file system with options.
   *
   * @param options as after {@code -o} of mount(8), separated by commas; empty for none
   */
  @Call(number = 74, name = "mount_options", since = "1.0.10")
  Mono<Void> mountOptions(String options, @Mountable String mountable, String mountpoint);

  /**
   * Mounts a file system of a given type; the other calls find out the type by themselves.
   *
   * @param options as for {@link #mountOptions}
   * @param vfstype the type as after {@code -t} of mount(8), such as {@code ext4}
   */
  @Call(number = 75, name = "mount_vfs", since = "1.0.10")
  Mono<Void> mountVfs(
      String options, String vfstype, @Mountable String mountable, String mountpoint);

  /**
   * Mounts a file system that is in a file of the guest, such as the image of a CD. In {@link
   * #mounts} it appears as the loop device that the kernel took for it, which is given back when it
   * is unmounted.
   *
   * @param file the file; a symbolic link is followed
   */
  @Call(number = 129, name = "mount_loop", since = "1.0.54")
  Mono<Void> mountLoop(@Pathname String file, @Pathname String mountpoint);

  /**
   * Makes a mounted file system writable or read-only; its other options stay. It fails with {@code
   * EINVAL} when nothing is mounted at exactly this path, and when the option is not given.
   */
  @Call(number = 402, name = "remount", since = "1.23.2")
  Mono<Void> remount(@Pathname String mountpoint, RemountOptions options);

  /** Optional arguments of {@link MountCalls#remount(String, RemountOptions)}. */
  @CallOptions
  interface Remount {

    /** Whether it can be written to from now on; this one must be given. */
    boolean rw();
  }

  /**
   * Makes a directory to mount something at, also while nothing is mounted, so that several file
   * systems can be mounted beside each other with none of them at {@code /}. It lies in memory then
   * and lasts as long as the handle; else this is {@link DirectoryCalls#mkdir}.
   *
   * @param exemptpath the absolute path of the new directory
   */
  @Call(number = 148, name = "mkmountpoint", since = "1.0.62")
  Mono<Void> mkmountpoint(String exemptpath);

  /**
   * Removes what {@link #mkmountpoint} made; {@code EBUSY} while something is mounted there.
   *
   * @param exemptpath the absolute path of an empty directory
   */
  @Call(number = 149, name = "rmmountpoint", since = "1.0.62")
  Mono<Void> rmmountpoint(String exemptpath);

  /** What is mounted, in the order of mounting. */
  @Call(number = 46, name = "mounts", since = "0.0.8")
  Flux<@Mountable String> mounts();

  /** What is mounted, mountable to mount point. */
  @Call(number = 147, name = "mountpoints", since = "1.0.62")
  Mono<Map<@Mountable String, String>> mountpoints();

  /**
   * Unmounts a file system. It is unmounted also when something could not be written, of which an
   * error such as {@code EIO} tells, unless an option is set.
   *
   * @param pathordevice the mount point or the device
   */
  @Call(number = 45, name = "umount", since = "0.0.8")
  Mono<Void> umount(@DeviceOrPath String pathordevice, UmountOptions options);

  /** As {@link #umount(String, UmountOptions)}, without options. */
  default Mono<Void> umount(@DeviceOrPath String pathordevice) {
    return umount(pathordevice, UmountOptions.defaults());
  }

  /** Optional arguments of {@link MountCalls#umount(String, UmountOptions)}. */
  @CallOptions
  interface Umount {

    /** Unmounts even if the file system cannot be reached. */
    boolean force();

    /** Takes the file system out of the tree now, and lets go of it when nothing uses it. */
    boolean lazyunmount();
  }

  /** Unmounts everything, innermost first; errors of writing are told as by {@link #umount}. */
  @Call(number = 47, name = "umount_all", since = "0.0.8")
  Mono<Void> umountAll();
}
