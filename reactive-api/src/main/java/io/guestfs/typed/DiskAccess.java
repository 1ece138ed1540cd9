package io.guestfs.typed;

import io.guestfs.Guestfs;
import io.guestfs.GuestfsBuilder;
import io.guestfs.appliance.DiskFormat;
import io.guestfs.appliance.Drive;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Opens disk images, for reading unless said otherwise. Immutable, as {@link GuestfsBuilder} is,
 * and can be used any number of times:
 *
 * <pre>{@code
 * DiskAccess.to(image)
 *     .using(g -> g.mountRo(new Device("/dev/sda1"), new GuestPath("/"))
 *         .thenMany(g.plain().ls("/")));
 * }</pre>
 */
public final class DiskAccess {

  private final GuestfsBuilder builder;

  private DiskAccess(GuestfsBuilder builder) {
    this.builder = builder;
  }

  /**
   * Opens a disk image for reading: whatever is written to the disk goes away with the handle.
   *
   * @param image a file or block device; its format is detected
   * @return access to it as {@code /dev/sda}
   */
  public static DiskAccess to(Path image) {
    return new DiskAccess(Guestfs.builder()).and(image);
  }

  /**
   * Opens a disk image for reading and writing.
   *
   * @param image a file or block device
   * @param format its format: that of an image which is written to is better not guessed, for a
   *     guest can write into a raw image what looks like another format
   * @return access to it as {@code /dev/sda}
   */
  public static DiskAccess toWritable(Path image, DiskFormat format) {
    return new DiskAccess(Guestfs.builder()).andWritable(image, format);
  }

  /**
   * Opens one more disk image for reading.
   *
   * @param image as for {@link #to}
   * @return access to it as the next disk
   */
  public DiskAccess and(Path image) {
    return with(builder -> builder.addDriveRo(image));
  }

  /**
   * Opens one more disk image for reading and writing.
   *
   * @param image as for {@link #toWritable}
   * @param format likewise
   * @return access to it as the next disk
   */
  public DiskAccess andWritable(Path image, DiskFormat format) {
    return with(builder -> builder.addDrive(Drive.local(image).format(format).build()));
  }

  /**
   * Changes any setting of the appliance.
   *
   * @param change what is done to the builder
   * @return access with that setting
   */
  public DiskAccess with(UnaryOperator<GuestfsBuilder> change) {
    return new DiskAccess(change.apply(builder));
  }

  /**
   * Launches, does something with the handle, and closes it; see {@link GuestfsBuilder#using}.
   *
   * @param <T> what comes out of it
   * @param work what to do
   * @return what {@code work} gives, with a machine of its own for each subscription
   */
  public <T> Flux<T> using(Function<? super TypedGuestfs, ? extends Publisher<? extends T>> work) {
    return builder.using(plain -> work.apply(TypedGuestfs.of(plain)));
  }

  /**
   * As {@link #using}, for one result at most; see {@link GuestfsBuilder#usingMono}.
   *
   * @param <T> what comes out of it
   * @param work what to do
   * @return the result, after the handle was closed
   */
  public <T> Mono<T> usingMono(Function<? super TypedGuestfs, ? extends Mono<? extends T>> work) {
    return builder.usingMono(plain -> work.apply(TypedGuestfs.of(plain)));
  }

  /**
   * Launches; see {@link GuestfsBuilder#launch}.
   *
   * @return a handle for each subscription, to be closed with {@code plain().close()}
   */
  public Mono<TypedGuestfs> launch() {
    return builder.launch().map(TypedGuestfs::of);
  }
}
