package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.Pathname;
import reactor.core.publisher.Mono;

/** The capabilities that a program gets when it is run, capabilities(7). */
@CallFamily
public interface CapabilityCalls {

  /**
   * The capabilities of a file as text, such as {@code cap_net_raw=ep}; empty when it has none. A
   * symbolic link is followed.
   */
  @Call(number = 378, name = "cap_get_file", since = "1.19.63", group = "linuxcaps")
  Mono<String> capGetFile(@Pathname String path);

  /**
   * Sets the capabilities of a regular file, in place of those that it has. A symbolic link is
   * refused.
   *
   * @param cap as text, see cap_from_text(3)
   */
  @Call(number = 379, name = "cap_set_file", since = "1.19.63", group = "linuxcaps")
  Mono<Void> capSetFile(@Pathname String path, String cap);
}
