package io.guestfs.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.CallFailedException;
import io.guestfs.Guestfs;
import io.guestfs.GuestfsBuilder;
import io.guestfs.GuestfsEvent;
import io.guestfs.GuestfsState;
import io.guestfs.LaunchEvents;
import io.guestfs.appliance.Discard;
import io.guestfs.appliance.DiskFormat;
import io.guestfs.appliance.Drive;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeoutException;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One launched handle for all tests of this package that a JVM runs. Before each test nothing is
 * mounted, there are no logical or encrypted volumes and no arrays, and the disks start with
 * zeroes:
 *
 * <ul>
 *   <li>{@code /dev/sda}, {@value #SDA_MEGABYTES} MiB
 *   <li>{@code /dev/sdb}, {@value #SDB_MEGABYTES} MiB, which takes back what is discarded
 *   <li>{@code /dev/sdc}, {@value #SDC_MEGABYTES} MiB, labelled {@value #SDC_LABEL}
 * </ul>
 */
final class StorageMachine implements BeforeEachCallback, AfterEachCallback, ParameterResolver {
  static final int SDA_MEGABYTES = 1024;
  static final int SDB_MEGABYTES = 512;
  static final int SDC_MEGABYTES = 10;
  static final String SDC_LABEL = "tiny";

  static final List<String> DISKS = List.of("/dev/sda", "/dev/sdb", "/dev/sdc");

  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final int CONSOLE_LINES = 100;

  private static final LaunchEvents LAUNCHES = new LaunchEvents();

  /** What the machines have said last. */
  private static final Deque<String> CONSOLE = new ConcurrentLinkedDeque<>();

  @Override
  public void beforeEach(ExtensionContext context) {
    Guestfs g = guestfs(context);
    await(g.umountAll());
    await(g.lvmRemoveAll());
    await(g.listDmDevices().concatMap(g::cryptsetupClose));
    await(g.listMdDevices().concatMap(g::mdStop));
    await(Flux.fromIterable(DISKS).concatMap(g::blockdevSetrw));
    await(Flux.fromIterable(DISKS).concatMap(g::zero));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    LAUNCHES.afterEach(context);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Guestfs.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return guestfs(context);
  }

  /** The one that is there, or another when a test was the end of it. */
  private static Guestfs guestfs(ExtensionContext context) {
    Store store =
        context.getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(StorageMachine.class));
    Launched launched = launched(store);
    if (launched.guestfs.state() == GuestfsState.CONFIG) {
      store.remove(Launched.class);
      launched.close();
      launched = launched(store);
    }
    return launched.guestfs;
  }

  private static Launched launched(Store store) {
    return store.getOrComputeIfAbsent(Launched.class, key -> new Launched(), Launched.class);
  }

  /** A builder that knows where the appliance is. */
  static GuestfsBuilder builder() {
    String appliance = System.getProperty("guestfs.appliance", "");
    GuestfsBuilder builder =
        Guestfs.builder().launchTimeout(TIMEOUT).listener(StorageMachine::listen);
    return appliance.isEmpty() ? builder : builder.appliance(Path.of(appliance));
  }

  private static void listen(GuestfsEvent event) {
    LAUNCHES.accept(event);
    if (event instanceof GuestfsEvent.ConsoleLine console) {
      CONSOLE.add(console.line());
      if (CONSOLE.size() > CONSOLE_LINES) {
        CONSOLE.remove();
      }
    }
  }

  /** A blank disk. */
  static Drive disk(Path path, int megabytes) {
    return disk(path, megabytes, Discard.DISABLE, null);
  }

  private static Drive disk(Path path, int megabytes, Discard discard, @Nullable String label) {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(megabytes * 1024L * 1024L);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Drive.local(path).format(DiskFormat.RAW).discard(discard).label(label).build();
  }

  static <T> @Nullable T await(Mono<T> call) {
    return call.timeout(TIMEOUT).onErrorMap(TimeoutException.class, StorageMachine::hung).block();
  }

  static void await(Flux<?> calls) {
    await(calls.then());
  }

  /** A call does not end. What the kernel and the daemon said last may tell why. */
  private static Throwable hung(Throwable timeout) {
    return new AssertionError("no answer; the console: " + String.join("\n", CONSOLE), timeout);
  }

  /** How often a letter is on a device. */
  static long count(Guestfs g, String device, char letter) {
    return get(g.download(device).map(piece -> count(piece, letter)).reduce(0L, Long::sum));
  }

  private static long count(ByteBuffer piece, char letter) {
    long count = 0;
    while (piece.hasRemaining()) {
      count += piece.get() == letter ? 1 : 0;
    }
    return count;
  }

  /** All that a call streams. */
  static byte[] bytes(Flux<ByteBuffer> call) {
    List<ByteBuffer> pieces = get(call.collectList());
    ByteBuffer all = ByteBuffer.allocate(pieces.stream().mapToInt(ByteBuffer::remaining).sum());
    pieces.forEach(all::put);
    return all.array();
  }

  /** What a call gives. */
  static <T> T get(Mono<T> call) {
    return Objects.requireNonNull(await(call));
  }

  /** All that a call lists. */
  static <T> List<T> list(Flux<T> call) {
    return get(call.collectList());
  }

  /** The call fails with this error, and says so. */
  static AbstractThrowableAssert<?, ? extends Throwable> assertFails(
      String errnoName, Publisher<?> call) {
    return Assertions.assertThatThrownBy(() -> await(Flux.from(call)))
        .isInstanceOfSatisfying(
            CallFailedException.class, e -> assertThat(e.errnoName()).isEqualTo(errnoName));
  }

  private static final class Launched implements AutoCloseable {
    private final Path directory;
    private final Guestfs guestfs;

    Launched() {
      try {
        directory = Files.createTempDirectory("storage");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      guestfs =
          get(
              builder()
                  .addDrive(disk(directory.resolve("a"), SDA_MEGABYTES))
                  .addDrive(disk(directory.resolve("b"), SDB_MEGABYTES, Discard.ENABLE, null))
                  .addDrive(disk(directory.resolve("c"), SDC_MEGABYTES, Discard.DISABLE, SDC_LABEL))
                  .launch());
    }

    @Override
    public void close() {
      await(guestfs.close());
      try {
        for (String name : List.of("a", "b", "c")) {
          Files.delete(directory.resolve(name));
        }
        Files.delete(directory);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
