package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.Pathname;
import reactor.core.publisher.Mono;

/** The room that files take: making them longer, shorter and full. */
@CallFamily
public interface SpaceCalls {

  /** Empties a file, which has to be there; a symbolic link is followed. */
  @Call(number = 199, name = "truncate", since = "1.0.77")
  Mono<Void> truncate(@Pathname String path);

  /**
   * Cuts a file off, or makes it longer by a hole that reads as zeroes; it has to be there. A
   * symbolic link is followed.
   *
   * @param size in bytes
   */
  @Call(number = 200, name = "truncate_size", since = "1.0.77")
  Mono<Void> truncateSize(@Pathname String path, long size);

  /**
   * Makes a file of zeroes and sets its blocks aside, or replaces one.
   *
   * @param len its size in bytes, more than 0
   * @deprecated replaced by {@link #fallocate64}, which can make files of 2 GiB and more
   */
  @Deprecated
  @Call(number = 169, name = "fallocate", since = "1.0.66")
  Mono<Void> fallocate(@Pathname String path, int len);

  /**
   * Makes a file of zeroes and sets its blocks aside, or replaces one. Where a file system cannot
   * set blocks aside, such as ext2, zeroes are written. {@code ENOSPC} when there is no room. To
   * make a sparse file, use {@link #truncateSize}.
   *
   * @param len its size in bytes, more than 0
   */
  @Call(number = 252, name = "fallocate64", since = "1.3.17")
  Mono<Void> fallocate64(@Pathname String path, long len);

  /**
   * Writes the same byte from the start of a file on, which is made where there is none.
   *
   * @param c the byte, from 0 to 255
   * @param len how often
   */
  @Call(number = 215, name = "fill", since = "1.0.79", progress = true)
  Mono<Void> fill(int c, int len, @Pathname String path);

  /**
   * Makes empty files in a directory, named {@code 00000000}, {@code 00000001} and so on. It is
   * meant for tests.
   *
   * @param nr how many
   */
  @Call(number = 348, name = "fill_dir", since = "1.19.32")
  Mono<Void> fillDir(@Pathname String dir, int nr);

  /**
   * The room that a file or directory takes on its disk, with all that is below, in KiB. A symbolic
   * link is not followed.
   */
  @Call(number = 127, name = "du", since = "1.0.54", progress = true)
  Mono<Long> du(@Pathname String path);

  /** Whether a file holds zeroes only, or nothing; a symbolic link is followed. */
  @Call(number = 283, name = "is_zero", since = "1.11.8")
  Mono<Boolean> isZero(@Pathname String path);
}
