package io.guestfs.calls;

import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.LibraryCall;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the appliance was launched with. The builder sets it. */
@CallFamily
public interface SettingCalls {

  /** The arguments for the kernel that were added; empty for none. */
  @LibraryCall(name = "get_append", since = "1.0.26")
  Mono<String> getAppend();

  /**
   * What launches the appliance, by its old name: {@code appliance}.
   *
   * @deprecated replaced by {@link #getBackend}
   */
  @Deprecated
  @LibraryCall(name = "get_attach_method", since = "1.9.8")
  Mono<String> getAttachMethod();

  /** What launches the appliance: {@code direct}, which is qemu without libvirt. */
  @LibraryCall(name = "get_backend", since = "1.21.26")
  Mono<String> getBackend();

  /** The settings of the backend, each {@code name} or {@code name=value}. */
  @LibraryCall(name = "get_backend_settings", since = "1.25.24")
  Flux<String> getBackendSettings();

  /** The value of one setting, {@code 1} for one that has none; {@code ESRCH} if it is not set. */
  @LibraryCall(name = "get_backend_setting", since = "1.27.2")
  Mono<String> getBackendSetting(String name);

  /** The directory on the host for what later launches can use again. */
  @LibraryCall(name = "get_cachedir", since = "1.19.58")
  Mono<String> getCachedir();

  /** The directory on the host for temporary files, which may get large. */
  @LibraryCall(name = "get_tmpdir", since = "1.19.58")
  Mono<String> getTmpdir();

  /** The directory on the host for sockets. */
  @LibraryCall(name = "get_sockdir", since = "1.33.8")
  Mono<String> getSockdir();

  /**
   * Whether the lines of the console are copied to the standard output, besides being events.
   *
   * @deprecated replaced by the events of the handle
   */
  @Deprecated
  @LibraryCall(name = "get_direct", since = "1.0.72")
  Mono<Boolean> getDirect();

  /** Name or path of qemu. */
  @LibraryCall(name = "get_hv", since = "1.23.17")
  Mono<String> getHv();

  /**
   * Name or path of qemu.
   *
   * @deprecated replaced by {@link #getHv}
   */
  @Deprecated
  @LibraryCall(name = "get_qemu", since = "1.0.6")
  Mono<String> getQemu();

  /** The memory of the appliance in units of 2²⁰ bytes. */
  @LibraryCall(name = "get_memsize", since = "1.0.55")
  Mono<Integer> getMemsize();

  /** Whether the appliance has a network. */
  @LibraryCall(name = "get_network", since = "1.5.4")
  Mono<Boolean> getNetwork();

  /** The directories that an appliance was searched for in, separated by colons. */
  @LibraryCall(name = "get_path", since = "0.0.3")
  Mono<String> getPath();

  /**
   * What the builder was told about the process group of qemu, true unless it was told otherwise.
   * It has one of its own in any case, which a signal of the terminal spares.
   */
  @LibraryCall(name = "get_pgroup", since = "1.11.18")
  Mono<Boolean> getPgroup();

  /**
   * What the builder was told about the process that ends qemu when the program is gone, true
   * unless it was told otherwise. There is one in any case.
   */
  @LibraryCall(name = "get_recovery_proc", since = "1.0.77")
  Mono<Boolean> getRecoveryProc();

  /**
   * Whether the kernel of the appliance was asked to run with SELinux.
   *
   * @deprecated replaced by {@code setfiles}, which labels files
   */
  @Deprecated
  @LibraryCall(name = "get_selinux", since = "1.0.67")
  Mono<Boolean> getSelinux();

  /** The number of virtual CPUs. */
  @LibraryCall(name = "get_smp", since = "1.13.15")
  Mono<Integer> getSmp();
}
