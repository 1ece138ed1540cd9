package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.Device;
import io.guestfs.protocol.annotation.Pathname;
import reactor.core.publisher.Mono;

/**
 * Writing over what must not be read again, or what should compress well. All of it is written
 * through, which takes long on large disks. What an image format, a snapshot or a solid-state disk
 * has kept aside is out of reach.
 */
@CallFamily
public interface WipeCalls {

  /**
   * Writes patterns over a whole device, several times, by scrub(1).
   *
   * @param device the device; all that is on it is lost
   */
  @Call(number = 114, name = "scrub_device", since = "1.0.52", group = "scrub")
  Mono<Void> scrubDevice(@Device String device);

  /**
   * Writes patterns over the content of a file, several times, by scrub(1), and removes it. A
   * symbolic link is followed: the file that it leads to is removed, and the link stays.
   */
  @Call(number = 115, name = "scrub_file", since = "1.0.52", group = "scrub")
  Mono<Void> scrubFile(@Pathname String file);

  /**
   * Writes patterns over the free space of a file system, by scrub(1): it fills the file system
   * with files, writes over them, and removes them.
   *
   * @param dir a directory for the files, which must not exist; it is made and removed
   */
  @Call(number = 116, name = "scrub_freespace", since = "1.0.52", group = "scrub")
  Mono<Void> scrubFreespace(@Pathname String dir);

  /**
   * Fills a whole device with zeroes. What is zero already is read and not written, so that a
   * sparse image stays so. {@link DeviceCalls#zero} does no more than the beginning.
   *
   * @param device the device; all that is on it is lost
   */
  @Call(number = 228, name = "zero_device", since = "1.3.1", progress = true)
  Mono<Void> zeroDevice(@Device String device);

  /**
   * Fills the free space of a file system with zeroes, by a file that grows until there is no
   * space, and is removed. A sparse image gets all of it allocated unless it detects zeroes.
   *
   * @param directory any directory of the file system, for the file
   */
  @Call(number = 311, name = "zero_free_space", since = "1.17.18", progress = true)
  Mono<Void> zeroFreeSpace(@Pathname String directory);
}
