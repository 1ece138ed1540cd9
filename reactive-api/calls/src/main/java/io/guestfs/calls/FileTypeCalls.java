package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.CallOptions;
import io.guestfs.protocol.annotation.Pathname;
import reactor.core.publisher.Mono;

/** What kind of file there is at a path; where there is nothing, every answer is no. */
@CallFamily
public interface FileTypeCalls {

  /** Whether there is a block device at a path. */
  @Call(number = 268, name = "is_blockdev", since = "1.5.10")
  Mono<Boolean> isBlockdev(@Pathname String path, IsBlockdevOptions options);

  /** As {@link #isBlockdev(String, IsBlockdevOptions)}, without following a symbolic link. */
  default Mono<Boolean> isBlockdev(@Pathname String path) {
    return isBlockdev(path, IsBlockdevOptions.defaults());
  }

  /** Optional arguments of {@link FileTypeCalls#isBlockdev(String, IsBlockdevOptions)}. */
  @CallOptions
  interface IsBlockdev {

    /** Whether a symbolic link to a block device counts as one. */
    boolean followsymlinks();
  }

  /** Whether there is a character device at a path. */
  @Call(number = 267, name = "is_chardev", since = "1.5.10")
  Mono<Boolean> isChardev(@Pathname String path, IsChardevOptions options);

  /** As {@link #isChardev(String, IsChardevOptions)}, without following a symbolic link. */
  default Mono<Boolean> isChardev(@Pathname String path) {
    return isChardev(path, IsChardevOptions.defaults());
  }

  /** Optional arguments of {@link FileTypeCalls#isChardev(String, IsChardevOptions)}. */
  @CallOptions
  interface IsChardev {

    /** Whether a symbolic link to a character device counts as one. */
    boolean followsymlinks();
  }

  /** Whether there is a named pipe at a path. */
  @Call(number = 269, name = "is_fifo", since = "1.5.10")
  Mono<Boolean> isFifo(@Pathname String path, IsFifoOptions options);

  /** As {@link #isFifo(String, IsFifoOptions)}, without following a symbolic link. */
  default Mono<Boolean> isFifo(@Pathname String path) {
    return isFifo(path, IsFifoOptions.defaults());
  }

  /** Optional arguments of {@link FileTypeCalls#isFifo(String, IsFifoOptions)}. */
  @CallOptions
  interface IsFifo {

    /** Whether a symbolic link to a named pipe counts as one. */
    boolean followsymlinks();
  }

  /** Whether there is a Unix socket at a path. */
  @Call(number = 271, name = "is_socket", since = "1.5.10")
  Mono<Boolean> isSocket(@Pathname String path, IsSocketOptions options);

  /** As {@link #isSocket(String, IsSocketOptions)}, without following a symbolic link. */
  default Mono<Boolean> isSocket(@Pathname String path) {
    return isSocket(path, IsSocketOptions.defaults());
  }

  /** Optional arguments of {@link FileTypeCalls#isSocket(String, IsSocketOptions)}. */
  @CallOptions
  interface IsSocket {

    /** Whether a symbolic link to a Unix socket counts as one. */
    boolean followsymlinks();
  }

  /** Whether there is a symbolic link at a path, wherever it leads. */
  @Call(number = 270, name = "is_symlink", since = "1.5.10")
  Mono<Boolean> isSymlink(@Pathname String path);

  /**
   * The processor that a program, a library, a kernel module or an initial RAM disk is made for:
   * {@code x86_64}, {@code i386}, {@code aarch64}, {@code arm}, {@code ppc64}, {@code ppc64le},
   * {@code riscv64}, {@code s390x} and so on. ELF and PE files are known, cpio archives by a
   * program that they hold, and each of these packed by gzip, bzip2, xz, lzma, zstd, lz4 or lzop.
   * Any other file is an error. A symbolic link is followed.
   */
  @Call(number = 475, name = "file_architecture", since = "1.5.3")
  Mono<String> fileArchitecture(@Pathname String filename);
}
