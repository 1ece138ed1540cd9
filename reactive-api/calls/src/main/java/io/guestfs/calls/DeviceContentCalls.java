package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.Device;
import reactor.core.publisher.Mono;

/** The content of devices in pieces that fit into a message. */
@CallFamily
public interface DeviceContentCalls {

  /**
   * Reads a part of a device; fewer bytes come where it ends before.
   *
   * @param count the bytes to read, at most 4 MiB less the head of a message
   * @param offset where to begin, in bytes
   */
  @Call(number = 276, name = "pread_device", since = "1.5.21")
  Mono<byte[]> preadDevice(@Device String device, int count, long offset);

  /**
   * Writes into a device, and gives the number of bytes that were written; they can be fewer than
   * given. {@code ENOSPC} behind its end.
   *
   * @param offset where to begin, in bytes
   */
  @Call(number = 275, name = "pwrite_device", since = "1.5.20")
  Mono<Integer> pwriteDevice(@Device String device, byte[] content, long offset);

  /** Whether a device holds zeroes only. All of it is read. */
  @Call(number = 284, name = "is_zero_device", since = "1.11.8")
  Mono<Boolean> isZeroDevice(@Device String device);
}
