package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.Device;
import io.guestfs.protocol.annotation.Pathname;
import reactor.core.publisher.Mono;

/** What the head of an ISO 9660 file system says of it, without mounting it. */
@CallFamily
public interface IsoCalls {

  /** The head of the file system on a device; {@code EINVAL} when there is none. */
  @Call(number = 313, name = "isoinfo_device", since = "1.17.19")
  Mono<ISOInfo> isoinfoDevice(@Device String device);

  /** The head of the file system in an image file of the guest; {@code EINVAL} when it is none. */
  @Call(number = 314, name = "isoinfo", since = "1.17.19")
  Mono<ISOInfo> isoinfo(@Pathname String isofile);
}
