package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.Device;
import io.guestfs.protocol.annotation.Pathname;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Procedures of older releases that are served for older libraries: calls that are composed by the
 * library today, and those that got another number when they got options.
 */
@CallFamily
public interface RetiredCalls {

  /** {@link FileCalls#cat}, of what fits into a message. */
  @Call(number = 4, name = "cat", since = "0.0.4")
  Mono<String> cat(@Pathname String path);

  /** {@link DirectoryCalls#ls}, of what fits into a message. */
  @Call(number = 6, name = "ls", since = "0.0.4")
  Flux<String> ls(@Pathname String directory);

  /** {@link FileCalls#readLines}, of what fits into a message. */
  @Call(number = 15, name = "read_lines", since = "0.0.7")
  Flux<String> readLines(@Pathname String path);

  /** {@link FilesystemCalls#mkfs(String, String)}. */
  @Call(number = 42, name = "mkfs", since = "0.0.8")
  Mono<Void> mkfs(String fstype, @Device String device);

  /** {@link AttributeCalls#stat}. */
  @Call(number = 52, name = "stat", since = "1.9.2")
  Mono<Stat> stat(@Pathname String path);

  /** The attributes of a file; of a symbolic link, its own. */
  @Call(number = 53, name = "lstat", since = "1.9.2")
  Mono<Stat> lstat(@Pathname String path);

  /** {@link DirectoryCalls#find}, of what fits into a message. */
  @Call(number = 107, name = "find", since = "1.0.27")
  Flux<String> find(@Pathname String directory);

  /** {@link DirectoryCalls#readdir}, of what fits into a message. */
  @Call(number = 138, name = "readdir", since = "1.0.55")
  Flux<Dirent> readdir(@Pathname String dir);

  /** {@link FileCalls#readFile}, of what fits into a message. */
  @Call(number = 150, name = "read_file", since = "1.0.63")
  Mono<byte[]> readFile(@Pathname String path);

  /** {@link DaemonCalls#available}. */
  @Call(number = 216, name = "available", since = "1.0.80")
  Mono<Void> available(List<String> groups);

  /** {@link NtfsCalls#ntfsresize(String)}. */
  @Call(number = 231, name = "ntfsresize", since = "1.3.2", group = "ntfsprogs")
  Mono<Void> ntfsresize(@Device String device);
}
