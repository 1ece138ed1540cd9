package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.Pathname;
import java.nio.ByteBuffer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Checksums, computed in the appliance. */
@CallFamily
public interface ChecksumCalls {

  /**
   * The checksum of a file's content, in lower-case hexadecimal ({@code crc}: decimal).
   *
   * @param csumtype {@code crc} (that of cksum(1)), {@code md5}, {@code sha1}, {@code sha224},
   *     {@code sha256}, {@code sha384}, {@code sha512}, or {@code gost} and {@code gost12} where
   *     the appliance has them
   */
  @Call(number = 68, name = "checksum", since = "1.0.2")
  Mono<String> checksum(String csumtype, @Pathname String path);

  /**
   * The checksums of all regular files below a directory, as text in the form of sha256sum(1) and
   * its kin: one line for each, with paths that begin with {@code ./}.
   *
   * @param csumtype as for {@link #checksum}
   */
  @Call(number = 244, name = "checksums_out", since = "1.3.7")
  Flux<ByteBuffer> checksumsOut(String csumtype, @Pathname String directory);
}
