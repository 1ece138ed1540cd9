package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import reactor.core.publisher.Mono;

/** The kernel of the appliance, which is not that of the guest. */
@CallFamily
public interface KernelCalls {

  /** What the kernel has logged, as dmesg(1) prints it; its first lines may have been dropped. */
  @Call(number = 91, name = "dmesg", since = "1.0.18")
  Mono<String> dmesg();

  /** Name, release and architecture of the kernel. */
  @Call(number = 342, name = "utsname", since = "1.19.27")
  Mono<UTSName> utsname();

  /**
   * Loads a kernel module, and those that it needs; one that is loaded already is no error.
   *
   * @param modulename its name or an alias of it, without folder and suffix
   */
  @Call(number = 194, name = "modprobe", since = "1.0.68", group = "linuxmodules")
  Mono<Void> modprobe(String modulename);

  /**
   * Drops clean caches. What is not on the disk yet stays cached: {@link FilesystemCalls#sync}
   * first.
   *
   * @param whattodrop 1 the page cache, 2 directory entries and inodes, 3 both; anything else is an
   *     error ({@code EINVAL})
   */
  @Call(number = 90, name = "drop_caches", since = "1.0.18")
  Mono<Void> dropCaches(int whattodrop);
}
