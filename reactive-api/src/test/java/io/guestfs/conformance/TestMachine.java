package io.guestfs.conformance;

import io.guestfs.Guestfs;
import io.guestfs.GuestfsBuilder;
import io.guestfs.GuestfsState;
import io.guestfs.appliance.DiskFormat;
import io.guestfs.appliance.Drive;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The one handle of all tests, with three scratch disks and the test data. */
final class TestMachine implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final long GIB = 1L << 30;
  private static final long MIB = 1L << 20;

  private final GuestfsBuilder builder;
  private final DeclaredCalls calls;
  private final Path folder;
  private final Path iso;
  private @Nullable Guestfs guestfs;

  /**
   * Describes the machine.
   *
   * @param builder knows the appliance
   * @param folder where the disks are made
   * @param iso the test data
   */
  TestMachine(GuestfsBuilder builder, DeclaredCalls calls, Path folder, Path iso) {
    this.builder = builder;
    this.calls = calls;
    this.folder = folder;
    this.iso = iso;
  }

  /** The launched handle: a new one, with new disks, when the last test was the end of it. */
  Guestfs guestfs() throws IOException {
    if (guestfs != null && guestfs.state() == GuestfsState.READY) {
      return guestfs;
    }
    close();
    Guestfs g =
        Objects.requireNonNull(
            builder
                .addDrive(scratch("sda", 2 * GIB))
                .addDrive(scratch("sdb", 2 * GIB))
                .addDrive(scratch("sdc", 10 * MIB))
                .addDrive(Drive.local(iso).format(DiskFormat.RAW).readOnly(true).build())
                .launch()
                .block(LIMIT));
    guestfs = g;
    for (List<String> step : StartState.preparation()) {
      calls.call(g, step);
    }
    return g;
  }

  private Drive scratch(String name, long bytes) throws IOException {
    Path image = folder.resolve(name);
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(0);
      file.setLength(bytes);
    }
    return Drive.local(image).format(DiskFormat.RAW).build();
  }

  @Override
  public void close() {
    if (guestfs != null) {
      guestfs.close().onErrorComplete().block(LIMIT);
      guestfs = null;
    }
  }
}
