package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.CallOptions;
import io.guestfs.protocol.annotation.Pathname;
import reactor.core.publisher.Mono;

/**
 * The flags and the generation of inodes, which ext2, ext3 and ext4 have and some other file
 * systems in part. They are of regular files and directories; anything else gives {@code ENOTSUP}.
 */
@CallFamily
public interface InodeFlagCalls {

  /**
   * The flags of a file as the letters of chattr(1): {@code i} for immutable, {@code a} for append
   * only, {@code e} for extents and so on. Letters of upper case come first, each in the order of
   * the alphabet. Empty when none is set.
   */
  @Call(number = 318, name = "get_e2attrs", since = "1.17.31")
  Mono<String> getE2attrs(@Pathname String file);

  /**
   * Sets flags of a file, or clears them; others stay as they are.
   *
   * @param attrs letters of chattr(1), none of them twice; what the file system cannot do it
   *     refuses
   */
  @Call(number = 319, name = "set_e2attrs", since = "1.17.31")
  Mono<Void> setE2attrs(@Pathname String file, String attrs, SetE2attrsOptions options);

  /** As {@link #setE2attrs(String, String, SetE2attrsOptions)}: sets them. */
  default Mono<Void> setE2attrs(@Pathname String file, String attrs) {
    return setE2attrs(file, attrs, SetE2attrsOptions.defaults());
  }

  /** Optional arguments of {@link InodeFlagCalls#setE2attrs(String, String, SetE2attrsOptions)}. */
  @CallOptions
  interface SetE2attrs {

    /** Whether to clear the flags. */
    boolean clear();
  }

  /** The generation of a file, which tells inodes of the same number apart: 32 bits. */
  @Call(number = 320, name = "get_e2generation", since = "1.17.31")
  Mono<Long> getE2generation(@Pathname String file);

  /**
   * Sets the generation of a file. Checksums depend on it, so a file system that has them, as ext4
   * by default, gives {@code ENOTSUP}.
   *
   * @param generation from 0 to 4294967295
   */
  @Call(number = 321, name = "set_e2generation", since = "1.17.31")
  Mono<Void> setE2generation(@Pathname String file, long generation);
}
