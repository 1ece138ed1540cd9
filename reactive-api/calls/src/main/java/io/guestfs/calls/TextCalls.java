package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.Pathname;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Parts of text files, and what can be counted or seen in any file. Symbolic links are followed.
 *
 * <p>A line ends with {@code \n}, which is left out; the last one may lack it. A {@code \r} before
 * it stays. What a call gives has to fit into a message of 4 MiB; {@link
 * TransferCalls#downloadOffset} has no such bound. Lines that hold a NUL are an error ({@code
 * EINVAL}), for they are no text.
 */
@CallFamily
public interface TextCalls {

  /** The first ten lines. */
  @Call(number = 121, name = "head", since = "1.0.54")
  Flux<String> head(@Pathname String path);

  /**
   * The first lines.
   *
   * @param nrlines how many; when negative, all but so many of the last
   */
  @Call(number = 122, name = "head_n", since = "1.0.54")
  Flux<String> headN(int nrlines, @Pathname String path);

  /** The last ten lines. */
  @Call(number = 123, name = "tail", since = "1.0.54")
  Flux<String> tail(@Pathname String path);

  /**
   * The last lines.
   *
   * @param nrlines how many; when negative, all from the line of that number on, counted from 1
   */
  @Call(number = 124, name = "tail_n", since = "1.0.54")
  Flux<String> tailN(int nrlines, @Pathname String path);

  /** The number of line ends, which a last line may lack; beyond 2³¹−1, {@code EOVERFLOW}. */
  @Call(number = 118, name = "wc_l", since = "1.0.54")
  Mono<Integer> wcL(@Pathname String path);

  /** The number of words, which white space separates; beyond 2³¹−1, {@code EOVERFLOW}. */
  @Call(number = 119, name = "wc_w", since = "1.0.54")
  Mono<Integer> wcW(@Pathname String path);

  /**
   * The number of bytes; beyond 2³¹−1, {@code EOVERFLOW}, where {@link AttributeCalls#filesize}
   * still knows it.
   */
  @Call(number = 120, name = "wc_c", since = "1.0.54")
  Mono<Integer> wcC(@Pathname String path);

  /**
   * The runs of at least four printable characters of ASCII, wherever they are in the file: a look
   * into a binary file.
   */
  @Call(number = 94, name = "strings", since = "1.0.22")
  Flux<String> strings(@Pathname String path);

  /**
   * As {@link #strings}, of another encoding. What is not ASCII comes as it is in the file.
   *
   * @param encoding {@code s} 7 bits to a byte, {@code S} 8 bits to a byte, {@code b} 16 bits
   *     big-endian, {@code l} 16 bits little-endian (as in Windows), {@code B} and {@code L} 32
   *     bits; anything else is an error ({@code EINVAL})
   */
  @Call(number = 95, name = "strings_e", since = "1.0.22")
  Flux<String> stringsE(String encoding, @Pathname String path);

  /**
   * The content in hexadecimal beside its printable characters, as {@code hexdump -C} shows it, for
   * people. It takes five times the size of the file.
   */
  @Call(number = 96, name = "hexdump", since = "1.0.22")
  Mono<String> hexdump(@Pathname String path);
}
