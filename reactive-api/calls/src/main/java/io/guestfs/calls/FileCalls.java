package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.Content;
import io.guestfs.protocol.annotation.DeviceOrPath;
import io.guestfs.protocol.annotation.LibraryCall;
import io.guestfs.protocol.annotation.Pathname;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Files: making and removing them, and their content in one piece. */
@CallFamily
public interface FileCalls {

  /** Makes an empty file, or sets the times of an existing regular file to now. */
  @Call(number = 3, name = "touch", since = "0.0.3")
  Mono<Void> touch(@Pathname String path);

  /** Removes a file or a symbolic link; a directory gives {@code EISDIR}. */
  @Call(number = 29, name = "rm", since = "0.0.8")
  Mono<Void> rm(@Pathname String path);

  /**
   * Removes a file, or a directory with all that is in it; it is no error when there is nothing.
   * Links are removed and not followed.
   */
  @Call(number = 31, name = "rm_rf", since = "0.0.8")
  Mono<Void> rmRf(@Pathname String path);

  /** As {@link #rm}, but it is no error when there is nothing. A directory gives {@code EISDIR}. */
  @Call(number = 367, name = "rm_f", since = "1.19.42")
  Mono<Void> rmF(@Pathname String path);

  /**
   * The content of a text file. Where it holds a NUL or may be large, {@link #readFile} and {@link
   * TransferCalls#download} are better.
   */
  @LibraryCall(name = "cat", since = "0.0.4")
  Mono<String> cat(@Pathname String path);

  /** The content of a file, held in memory; {@link TransferCalls#download} streams it instead. */
  @LibraryCall(name = "read_file", since = "1.0.63")
  Mono<byte[]> readFile(@Pathname String path);

  /**
   * The lines of a text file, without their ends ({@code \n} or {@code \r\n}); the last may lack
   * its end.
   */
  @LibraryCall(name = "read_lines", since = "0.0.7")
  Flux<String> readLines(@Pathname String path);

  /** Writes a file: makes it, or replaces all that an existing one holds. */
  @LibraryCall(name = "write", since = "1.3.14")
  Mono<Void> write(@Pathname String path, byte[] content);

  /**
   * Appends to a file, or makes it. What is larger than a message goes in several calls, between
   * which others may write.
   */
  @LibraryCall(name = "write_append", since = "1.11.18")
  Mono<Void> writeAppend(@Pathname String path, byte[] content);

  /**
   * Writes a text file: makes it, or replaces all that an existing one holds.
   *
   * @param size how many bytes of the content to take, all when it is 0; {@code EINVAL} when there
   *     are fewer
   * @deprecated replaced by {@link #write}
   */
  @Deprecated
  @Call(number = 44, name = "write_file", since = "0.0.8")
  Mono<Void> writeFile(@Pathname String path, @Content String content, int size);

  /**
   * Reads a part of a file; fewer bytes come where the file ends before.
   *
   * @param count the bytes to read, at most 4 MiB less the head of a message
   * @param offset where to begin, in bytes
   */
  @Call(number = 207, name = "pread", since = "1.0.77")
  Mono<byte[]> pread(@Pathname String path, int count, long offset);

  /**
   * Writes into a file, which has to exist, and gives the number of bytes that were written; they
   * can be fewer than given.
   *
   * @param offset where to begin, in bytes
   */
  @Call(number = 247, name = "pwrite", since = "1.3.14")
  Mono<Integer> pwrite(@Pathname String path, byte[] content, long offset);

  /**
   * Makes a file of {@code len} bytes that repeats a pattern.
   *
   * @param pattern what is repeated, cut off at the end; not empty
   */
  @Call(number = 245, name = "fill_pattern", since = "1.3.12", progress = true)
  Mono<Void> fillPattern(@Content String pattern, int len, @Pathname String path);

  /** Whether two files hold the same; symbolic links are followed. */
  @Call(number = 93, name = "equal", since = "1.0.18")
  Mono<Boolean> equal(@Pathname String file1, @Pathname String file2);

  /**
   * What file(1) says of the content of a file or device, without its name in front. Links are not
   * followed: of a symbolic link, a directory or a device node in the guest the answer is its kind.
   */
  @Call(number = 49, name = "file", since = "1.9.1")
  Mono<String> file(@DeviceOrPath String path);

  /**
   * What file(1) says of the content of a compressed file once it is unpacked.
   *
   * @param meth {@code gzip}, {@code compress} or {@code bzip2}; anything else is an error ({@code
   *     EINVAL})
   * @deprecated replaced by {@link #file}, which looks into compressed files by itself
   */
  @Deprecated
  @Call(number = 140, name = "zfile", since = "1.0.59")
  Mono<String> zfile(String meth, @Pathname String path);
}
