package io.guestfs.examples;

import io.guestfs.Guestfs;
import io.guestfs.GuestfsBuilder;
import io.guestfs.GuestfsEvent;
import io.guestfs.GuestfsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What a first look wants to see: makes a disk with a Debian system in it, opens it again for
 * reading, tells what is there, and reads it with four handles at once. With a disk of your own it
 * does the reading half on that.
 */
public final class Demo {

  private static final int HANDLES = 4;

  private Demo() {}

  /**
   * Takes {@code --rootfs TAR}, the system that goes into the new disk, or the path of a disk.
   *
   * @throws IOException when there is no room for a temporary disk
   */
  public static void main(String[] arguments) throws IOException {
    try {
      if (arguments.length == 2 && arguments[0].equals("--rootfs")) {
        withNewDisk(Path.of(arguments[1]));
      } else if (arguments.length == 1) {
        read(Path.of(arguments[0]));
      } else {
        fail("usage: Demo --rootfs TAR | DISK");
      }
    } catch (GuestfsException e) {
      fail(String.valueOf(e.getMessage()));
    }
  }

  private static void withNewDisk(Path rootfs) throws IOException {
    Path folder = Files.createTempDirectory("guestfs-demo");
    Path image = folder.resolve("debian.qcow2");
    try {
      long start = System.nanoTime();
      DebianDisk.make(image, rootfs).block();
      Steps.done("The disk is made", start);
      read(image);
    } finally {
      Files.deleteIfExists(image);
      Files.delete(folder);
    }
  }

  private static void read(Path image) {
    long start = System.nanoTime();
    DiskReport report =
        Guestfs.builder().addDriveRo(image).listener(Demo::show).usingMono(DiskReport::of).block();
    Steps.done("The disk is read", start);
    if (report != null && report.largestFile() != null) {
      readAtOnce(image, report.largestFile());
    }
  }

  /** Every handle is a machine of its own, and all of them are waited for by one thread. */
  private static void readAtOnce(Path image, String path) {
    Steps.say("%d handles at once read %s …", HANDLES, path);
    long start = System.nanoTime();
    GuestfsBuilder builder = Guestfs.builder().addDriveRo(image);
    Mono<String> checksum =
        builder.usingMono(g -> GuestMounts.mountAll(g).then(g.checksum("sha256", path)));
    List<String> checksums =
        Flux.range(0, HANDLES)
            .flatMap(
                handle -> checksum.doOnNext(sum -> Steps.say("  handle %d: %s", handle, sum)),
                HANDLES)
            .collect(ArrayList<String>::new, List::add)
            .block(Duration.ofMinutes(10));
    if (checksums == null || checksums.stream().distinct().count() != 1) {
      fail("the handles disagree");
    }
    Steps.done("All agree", start);
  }

  private static void show(GuestfsEvent event) {
    if (event instanceof GuestfsEvent.AcceleratorChosen chosen) {
      Steps.say("  runs by %s", chosen.choice().accelerator());
    } else if (event instanceof GuestfsEvent.Warning warning) {
      Steps.say("  %s", warning.message());
    }
  }

  private static void fail(String message) {
    System.err.println("demo: " + message);
    System.exit(1);
  }
}
