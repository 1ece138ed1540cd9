package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.CallOptions;
import io.guestfs.protocol.annotation.Device;
import io.guestfs.protocol.annotation.Pathname;
import reactor.core.publisher.Mono;

/**
 * Swap areas on devices and in files. One that is turned on is used as memory by the appliance, and
 * keeps its device or the file system of its file busy until it is turned off.
 */
@CallFamily
public interface SwapCalls {

  /** Makes a swap area; what was on the device is lost. */
  @Call(number = 130, name = "mkswap", since = "1.0.55")
  Mono<Void> mkswap(@Device String device, MkswapOptions options);

  /** As {@link #mkswap(String, MkswapOptions)}, without options. */
  default Mono<Void> mkswap(@Device String device) {
    return mkswap(device, MkswapOptions.defaults());
  }

  /** Optional arguments of {@link SwapCalls#mkswap(String, MkswapOptions)}. */
  @CallOptions
  interface Mkswap {

    /** The label, at most 15 bytes. */
    String label();

    /** The UUID, else a random one. */
    String uuid();
  }

  /**
   * Makes a swap area with a label.
   *
   * @deprecated replaced by {@link #mkswap(String, MkswapOptions)}
   */
  @Deprecated
  @Call(number = 131, name = "mkswap_L", since = "1.0.55")
  Mono<Void> mkswapL(String label, @Device String device);

  /**
   * Makes a swap area with a UUID.
   *
   * @deprecated replaced by {@link #mkswap(String, MkswapOptions)}
   */
  @Deprecated
  @Call(number = 132, name = "mkswap_U", since = "1.0.55", group = "linuxfsuuid")
  Mono<Void> mkswapU(String uuid, @Device String device);

  /**
   * Makes a file a swap area; what was in it is lost.
   *
   * @param path a regular file of the size that the area shall have. It must have blocks on the
   *     disk, or {@link #swaponFile} will not take it
   */
  @Call(number = 178, name = "mkswap_file", since = "1.0.66")
  Mono<Void> mkswapFile(@Pathname String path);

  /** Turns on a swap area. */
  @Call(number = 170, name = "swapon_device", since = "1.0.66")
  Mono<Void> swaponDevice(@Device String device);

  /** Turns off a swap area. */
  @Call(number = 171, name = "swapoff_device", since = "1.0.66")
  Mono<Void> swapoffDevice(@Device String device);

  /** Turns on a swap area in a file; a symbolic link is followed. */
  @Call(number = 172, name = "swapon_file", since = "1.0.66")
  Mono<Void> swaponFile(@Pathname String file);

  /** Turns off a swap area in a file; a symbolic link is followed. */
  @Call(number = 173, name = "swapoff_file", since = "1.0.66")
  Mono<Void> swapoffFile(@Pathname String file);

  /** Turns on the swap area with this label. */
  @Call(number = 174, name = "swapon_label", since = "1.0.66")
  Mono<Void> swaponLabel(String label);

  /** Turns off the swap area with this label. */
  @Call(number = 175, name = "swapoff_label", since = "1.0.66")
  Mono<Void> swapoffLabel(String label);

  /** Turns on the swap area with this UUID. */
  @Call(number = 176, name = "swapon_uuid", since = "1.0.66", group = "linuxfsuuid")
  Mono<Void> swaponUuid(String uuid);

  /** Turns off the swap area with this UUID. */
  @Call(number = 177, name = "swapoff_uuid", since = "1.0.66", group = "linuxfsuuid")
  Mono<Void> swapoffUuid(String uuid);
}
