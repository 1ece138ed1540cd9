package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.Pathname;
import reactor.core.publisher.Mono;

/** Making named pipes and device nodes. Nothing here opens what a node stands for. */
@CallFamily
public interface NodeCalls {

  /**
   * Makes a named pipe.
   *
   * @param mode the permission bits, less the umask; bits of a file type are refused
   */
  @Call(number = 134, name = "mkfifo", since = "1.0.55", group = "mknod")
  Mono<Void> mkfifo(int mode, @Pathname String path);

  /**
   * Makes a file of the type that {@code mode} says: a device node, a named pipe, a socket or an
   * empty regular file.
   *
   * @param mode the bits of the type, as of {@code stat}, and the permissions, less the umask
   * @param devmajor of a device node, its major number
   * @param devminor likewise the minor number
   */
  @Call(number = 133, name = "mknod", since = "1.0.55", group = "mknod")
  Mono<Void> mknod(int mode, int devmajor, int devminor, @Pathname String path);

  /**
   * Makes a node of a block device.
   *
   * @param mode the permission bits, less the umask; bits of a file type are refused
   */
  @Call(number = 135, name = "mknod_b", since = "1.0.55", group = "mknod")
  Mono<Void> mknodB(int mode, int devmajor, int devminor, @Pathname String path);

  /**
   * Makes a node of a character device.
   *
   * @param mode the permission bits, less the umask; bits of a file type are refused
   */
  @Call(number = 136, name = "mknod_c", since = "1.0.55", group = "mknod")
  Mono<Void> mknodC(int mode, int devmajor, int devminor, @Pathname String path);
}
