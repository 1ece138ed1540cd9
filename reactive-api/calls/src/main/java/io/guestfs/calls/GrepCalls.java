package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.CallOptions;
import io.guestfs.protocol.annotation.Pathname;
import reactor.core.publisher.Flux;

/**
 * Searching text files for lines, by grep(1) in the C locale, which takes every byte for a
 * character.
 *
 * <p>Each call gives the lines that match, without their ends, in their order; none is no error. An
 * expression that grep cannot read is one. The lines have to fit into a message of 4 MiB together;
 * {@link TransferCalls#download} has no such bound. A line that holds a NUL is no text, and an
 * error ({@code EINVAL}) when it matches.
 */
@CallFamily
public interface GrepCalls {

  /**
   * The lines of a file that match. A symbolic link is followed.
   *
   * @param regex a basic regular expression, unless the options say otherwise; several lines of it
   *     are alternatives
   */
  @Call(number = 151, name = "grep", since = "1.0.66")
  Flux<String> grep(String regex, @Pathname String path, GrepOptions options);

  /** As {@link #grep(String, String, GrepOptions)}, without options. */
  default Flux<String> grep(String regex, @Pathname String path) {
    return grep(regex, path, GrepOptions.defaults());
  }

  /** Optional arguments of {@link GrepCalls#grep(String, String, GrepOptions)}. */
  @CallOptions
  interface Grep {

    /** Whether the expression is an extended regular expression. */
    boolean extended();

    /**
     * Whether the expression is plain text, in which no character is special. Together with {@code
     * extended} this is an error ({@code EINVAL}).
     */
    boolean fixed();

    /** Whether capital and small letters of ASCII are the same. */
    boolean insensitive();

    /** Whether a file that gzip(1) can unpack is unpacked first; another is taken as it is. */
    boolean compressed();
  }

  /**
   * The lines of a file that match an extended regular expression.
   *
   * @deprecated replaced by {@link #grep(String, String, GrepOptions)} with {@code extended}
   */
  @Deprecated
  @Call(number = 152, name = "egrep", since = "1.0.66")
  Flux<String> egrep(String regex, @Pathname String path);

  /**
   * The lines of a file that contain a text.
   *
   * @deprecated replaced by {@link #grep(String, String, GrepOptions)} with {@code fixed}
   */
  @Deprecated
  @Call(number = 153, name = "fgrep", since = "1.0.66")
  Flux<String> fgrep(String pattern, @Pathname String path);

  /**
   * The lines of a file that match a basic regular expression, in capital or small letters.
   *
   * @deprecated replaced by {@link #grep(String, String, GrepOptions)} with {@code insensitive}
   */
  @Deprecated
  @Call(number = 154, name = "grepi", since = "1.0.66")
  Flux<String> grepi(String regex, @Pathname String path);

  /**
   * The lines of a file that match an extended regular expression, in capital or small letters.
   *
   * @deprecated replaced by {@link #grep(String, String, GrepOptions)} with {@code extended} and
   *     {@code insensitive}
   */
  @Deprecated
  @Call(number = 155, name = "egrepi", since = "1.0.66")
  Flux<String> egrepi(String regex, @Pathname String path);

  /**
   * The lines of a file that contain a text, in capital or small letters.
   *
   * @deprecated replaced by {@link #grep(String, String, GrepOptions)} with {@code fixed} and
   *     {@code insensitive}
   */
  @Deprecated
  @Call(number = 156, name = "fgrepi", since = "1.0.66")
  Flux<String> fgrepi(String pattern, @Pathname String path);

  /**
   * The lines of a compressed file that match a basic regular expression.
   *
   * @deprecated replaced by {@link #grep(String, String, GrepOptions)} with {@code compressed}
   */
  @Deprecated
  @Call(number = 157, name = "zgrep", since = "1.0.66")
  Flux<String> zgrep(String regex, @Pathname String path);

  /**
   * The lines of a compressed file that match an extended regular expression.
   *
   * @deprecated replaced by {@link #grep(String, String, GrepOptions)} with {@code compressed} and
   *     {@code extended}
   */
  @Deprecated
  @Call(number = 158, name = "zegrep", since = "1.0.66")
  Flux<String> zegrep(String regex, @Pathname String path);

  /**
   * The lines of a compressed file that contain a text.
   *
   * @deprecated replaced by {@link #grep(String, String, GrepOptions)} with {@code compressed} and
   *     {@code fixed}
   */
  @Deprecated
  @Call(number = 159, name = "zfgrep", since = "1.0.66")
  Flux<String> zfgrep(String pattern, @Pathname String path);

  /**
   * The lines of a compressed file that match a basic regular expression, in capital or small
   * letters.
   *
   * @deprecated replaced by {@link #grep(String, String, GrepOptions)} with {@code compressed} and
   *     {@code insensitive}
   */
  @Deprecated
  @Call(number = 160, name = "zgrepi", since = "1.0.66")
  Flux<String> zgrepi(String regex, @Pathname String path);

  /**
   * The lines of a compressed file that match an extended regular expression, in capital or small
   * letters.
   *
   * @deprecated replaced by {@link #grep(String, String, GrepOptions)} with {@code compressed},
   *     {@code extended} and {@code insensitive}
   */
  @Deprecated
  @Call(number = 161, name = "zegrepi", since = "1.0.66")
  Flux<String> zegrepi(String regex, @Pathname String path);

  /**
   * The lines of a compressed file that contain a text, in capital or small letters.
   *
   * @deprecated replaced by {@link #grep(String, String, GrepOptions)} with {@code compressed},
   *     {@code fixed} and {@code insensitive}
   */
  @Deprecated
  @Call(number = 162, name = "zfgrepi", since = "1.0.66")
  Flux<String> zfgrepi(String pattern, @Pathname String path);
}
