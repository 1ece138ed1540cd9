package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.CallOptions;
import io.guestfs.protocol.annotation.Pathname;
import java.nio.ByteBuffer;
import java.util.List;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Directories as archives, besides the tar archives of {@link TransferCalls}. */
@CallFamily
public interface ArchiveCalls {

  /**
   * A cpio archive of a directory; names in it are relative to the directory. A file of 4 GiB or
   * more does not fit into the format and is an error.
   *
   * @param directory the directory; a symbolic link to one is followed
   */
  @Call(number = 419, name = "cpio_out", since = "1.27.9")
  Flux<ByteBuffer> cpioOut(String directory, CpioOutOptions options);

  /** As {@link #cpioOut(String, CpioOutOptions)}, without options. */
  default Flux<ByteBuffer> cpioOut(String directory) {
    return cpioOut(directory, CpioOutOptions.defaults());
  }

  /** Optional arguments of {@link ArchiveCalls#cpioOut(String, CpioOutOptions)}. */
  @CallOptions
  interface CpioOut {

    /**
     * {@code newc}, as the kernel reads it and as without this option, or {@code crc}, which has
     * checksums; anything else is an error ({@code EINVAL}).
     */
    String format();
  }

  /**
   * A squashfs image of a directory and all below it, or of one file. It is put together in the
   * memory of the appliance and has to fit in there, into half of it; {@code ENOSPC} otherwise.
   *
   * @param path what to put into it
   */
  @Call(number = 471, name = "mksquashfs", since = "1.35.25", group = "squashfs")
  Flux<ByteBuffer> mksquashfs(@Pathname String path, MksquashfsOptions options);

  /** As {@link #mksquashfs(String, MksquashfsOptions)}, without options. */
  default Flux<ByteBuffer> mksquashfs(@Pathname String path) {
    return mksquashfs(path, MksquashfsOptions.defaults());
  }

  /** Optional arguments of {@link ArchiveCalls#mksquashfs(String, MksquashfsOptions)}. */
  @CallOptions
  interface Mksquashfs {

    /** {@code gzip}, {@code lzma}, {@code lzo}, {@code lz4}, {@code xz} or {@code zstd}. */
    String compress();

    /**
     * What to leave out: paths relative to the directory, with {@code *}, {@code ?} and {@code
     * [...]} as in a shell; behind {@code "... "} a pattern of names at any depth. A pattern with a
     * line break is an error ({@code EINVAL}).
     */
    List<String> excludes();
  }

  /**
   * Unpacks a tar archive that gzip(1) has compressed into a directory.
   *
   * @param tarball the archive
   * @deprecated replaced by {@link TransferCalls#tarIn(Publisher, String, TarInOptions)} with
   *     {@code compress}
   */
  @Deprecated
  @Call(number = 71, name = "tgz_in", since = "1.0.3")
  Mono<Void> tgzIn(Publisher<ByteBuffer> tarball, @Pathname String directory);

  /**
   * A tar archive of a directory, compressed by gzip(1).
   *
   * @deprecated replaced by {@link TransferCalls#tarOut(String, TarOutOptions)} with {@code
   *     compress}
   */
  @Deprecated
  @Call(number = 72, name = "tgz_out", since = "1.0.3")
  Flux<ByteBuffer> tgzOut(@Pathname String directory);

  /**
   * Unpacks a tar archive that xz(1) has compressed into a directory.
   *
   * @param tarball the archive
   * @deprecated replaced by {@link TransferCalls#tarIn(Publisher, String, TarInOptions)} with
   *     {@code compress}
   */
  @Deprecated
  @Call(number = 229, name = "txz_in", since = "1.3.2", group = "xz")
  Mono<Void> txzIn(Publisher<ByteBuffer> tarball, @Pathname String directory);

  /**
   * A tar archive of a directory, compressed by xz(1).
   *
   * @deprecated replaced by {@link TransferCalls#tarOut(String, TarOutOptions)} with {@code
   *     compress}
   */
  @Deprecated
  @Call(number = 230, name = "txz_out", since = "1.3.2", group = "xz")
  Flux<ByteBuffer> txzOut(@Pathname String directory);
}
