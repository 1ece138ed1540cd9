package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.CallOptions;
import io.guestfs.protocol.annotation.DeviceOrPath;
import io.guestfs.protocol.annotation.Pathname;
import java.nio.ByteBuffer;
import java.util.List;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Streams in and out of the guest. A transfer holds the handle until it ends. Content is asked for
 * as fast as the other side takes it: a source is read no faster than the guest writes, and a
 * download that nobody requests from stops the guest.
 *
 * <p>When the publisher of an upload fails, so does the call, with the same error. Cancelling an
 * upload or a download breaks it off; what was written until then stays.
 */
@CallFamily
public interface TransferCalls {

  /**
   * Writes a stream to a file, which is made or replaced, or to a device.
   *
   * @param filename the content; its buffers are not changed
   */
  @Call(number = 66, name = "upload", since = "1.0.2", progress = true)
  Mono<Void> upload(Publisher<ByteBuffer> filename, @DeviceOrPath String remotefilename);

  /**
   * Writes a stream into a file or device from an offset on; a file is made where there is none,
   * and keeps what is not written over.
   *
   * @param offset where to begin, in bytes
   */
  @Call(number = 273, name = "upload_offset", since = "1.5.17", progress = true)
  Mono<Void> uploadOffset(
      Publisher<ByteBuffer> filename, @DeviceOrPath String remotefilename, long offset);

  /** The content of a file or device. */
  @Call(number = 67, name = "download", since = "1.0.2", progress = true)
  Flux<ByteBuffer> download(@DeviceOrPath String remotefilename);

  /**
   * A part of the content of a file or device; less comes where it ends before.
   *
   * @param offset where to begin, in bytes
   * @param size how much, in bytes
   */
  @Call(number = 274, name = "download_offset", since = "1.5.17", progress = true)
  Flux<ByteBuffer> downloadOffset(@DeviceOrPath String remotefilename, long offset, long size);

  /**
   * Writes what a stream of base64 stands for to a file, which is made or replaced. Line breaks,
   * and other characters that base64 does not use, are left out.
   *
   * @param base64file the base64; when it ends in the middle of a group, that is an error after
   *     what came before was written
   */
  @Call(number = 242, name = "base64_in", since = "1.3.5")
  Mono<Void> base64In(Publisher<ByteBuffer> base64file, @Pathname String filename);

  /** The content of a file as base64, in lines of 76 characters. */
  @Call(number = 243, name = "base64_out", since = "1.3.5")
  Flux<ByteBuffer> base64Out(@Pathname String filename);

  /**
   * Unpacks a tar archive into a directory.
   *
   * @param tarfile the archive
   */
  @Call(number = 69, name = "tar_in", since = "1.0.3")
  Mono<Void> tarIn(Publisher<ByteBuffer> tarfile, @Pathname String directory, TarInOptions options);

  /** As {@link #tarIn(Publisher, String, TarInOptions)}, without options. */
  default Mono<Void> tarIn(Publisher<ByteBuffer> tarfile, @Pathname String directory) {
    return tarIn(tarfile, directory, TarInOptions.defaults());
  }

  /** Optional arguments of {@link TransferCalls#tarIn(Publisher, String, TarInOptions)}. */
  @CallOptions
  interface TarIn {

    /**
     * How the archive is compressed: {@code compress}, {@code gzip}, {@code bzip2}, {@code xz},
     * {@code lzop}, {@code lzma} or {@code zstd}; else it is not.
     */
    String compress();

    /** Whether to restore extended attributes. */
    boolean xattrs();

    /** Whether to restore SELinux labels. */
    boolean selinux();

    /** Whether to restore POSIX ACLs. */
    boolean acls();

    /** Whether a symbolic link to a directory stays one where the archive has a directory. */
    boolean keepdirlink();
  }

  /**
   * A tar archive of a directory; names in it begin with {@code ./}.
   *
   * @param directory the directory
   */
  @Call(number = 70, name = "tar_out", since = "1.0.3")
  Flux<ByteBuffer> tarOut(String directory, TarOutOptions options);

  /** As {@link #tarOut(String, TarOutOptions)}, without options. */
  default Flux<ByteBuffer> tarOut(String directory) {
    return tarOut(directory, TarOutOptions.defaults());
  }

  /** Optional arguments of {@link TransferCalls#tarOut(String, TarOutOptions)}. */
  @CallOptions
  interface TarOut {

    /** As {@link TarInOptions#compress(String)}. */
    String compress();

    /** Whether to store the numbers of owners and groups without their names. */
    boolean numericowner();

    /** Patterns, as of tar(1), of files to leave out. */
    List<String> excludes();

    /** Whether to store extended attributes. */
    boolean xattrs();

    /** Whether to store SELinux labels. */
    boolean selinux();

    /** Whether to store POSIX ACLs. */
    boolean acls();
  }
}
