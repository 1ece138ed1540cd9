package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.CallOptions;
import io.guestfs.protocol.annotation.Device;
import io.guestfs.protocol.annotation.Pathname;
import java.nio.ByteBuffer;
import reactor.core.publisher.Flux;

/** Content that is compressed in the appliance, so that less of it travels. */
@CallFamily
public interface CompressionCalls {

  /**
   * The content of a file, compressed. A symbolic link is followed.
   *
   * @param ctype {@code compress}, {@code gzip}, {@code bzip2}, {@code xz}, {@code lzop}, {@code
   *     lzma} or {@code zstd}; anything else is an error ({@code EINVAL})
   */
  @Call(number = 291, name = "compress_out", since = "1.13.15")
  Flux<ByteBuffer> compressOut(String ctype, @Pathname String file, CompressOutOptions options);

  /** As {@link #compressOut(String, String, CompressOutOptions)}, without options. */
  default Flux<ByteBuffer> compressOut(String ctype, @Pathname String file) {
    return compressOut(ctype, file, CompressOutOptions.defaults());
  }

  /**
   * Optional arguments of {@link CompressionCalls#compressOut(String, String, CompressOutOptions)}.
   */
  @CallOptions
  interface CompressOut {

    /**
     * How hard to try, from 1 (quick) to 9 (small), for {@code xz} and {@code lzma} from 0, for
     * {@code zstd} up to 19; {@code compress} has no levels. Other levels are an error ({@code
     * EINVAL}).
     */
    int level();
  }

  /**
   * The content of a device, compressed.
   *
   * @param ctype as for {@link #compressOut(String, String, CompressOutOptions)}
   */
  @Call(number = 292, name = "compress_device_out", since = "1.13.15")
  Flux<ByteBuffer> compressDeviceOut(
      String ctype, @Device String device, CompressDeviceOutOptions options);

  /** As {@link #compressDeviceOut(String, String, CompressDeviceOutOptions)}, without options. */
  default Flux<ByteBuffer> compressDeviceOut(String ctype, @Device String device) {
    return compressDeviceOut(ctype, device, CompressDeviceOutOptions.defaults());
  }

  /**
   * Optional arguments of {@link CompressionCalls#compressDeviceOut(String, String,
   * CompressDeviceOutOptions)}.
   */
  @CallOptions
  interface CompressDeviceOut {

    /** As {@link CompressOutOptions#level(int)}. */
    int level();
  }
}
