package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.Pathname;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What is in a Linux initrd: cpio archives of the kind that the kernel reads ({@code newc}), one
 * behind the other, as those with microcode in front are. They may be compressed by gzip, bzip2,
 * lzma, xz, lzop, lz4 or zstd; what follows a compressed archive in the same compressed stream is
 * read, too. An initrd of the time of Linux 2.4, a file system, is not for these calls: mount it.
 */
@CallFamily
public interface InitrdCalls {

  /** The names of all that is in an initrd, as they are there and in that order. */
  @Call(number = 128, name = "initrd_list", since = "1.0.54")
  Flux<String> initrdList(@Pathname String path);

  /**
   * The content of one file of an initrd; it has to fit into a message of 4 MiB. Links are not
   * followed: of a symbolic link, this is what it says.
   *
   * @param initrdpath the initrd
   * @param filename the name, as {@link #initrdList} gives it; {@code ENOENT} when there is none
   */
  @Call(number = 221, name = "initrd_cat", since = "1.0.84")
  Mono<byte[]> initrdCat(@Pathname String initrdpath, String filename);
}
