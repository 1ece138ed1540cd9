package io.guestfs.examples;

import io.guestfs.Guestfs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads many disks at once, each in an appliance of its own; no thread waits for any of them. */
public final class ManyHandles {

  private ManyHandles() {}

  /**
   * Takes an image, a file system in it, a file in that, and how many handles (100); each gets a
   * copy of the image.
   */
  public static void main(String[] arguments) throws IOException {
    int handles = arguments.length < 4 ? 100 : Integer.parseInt(arguments[3]);
    Path folder = Files.createTempDirectory("many-handles");
    try {
      List<Path> images = copies(Path.of(arguments[0]), handles, folder);
      long start = System.nanoTime();
      checksums(images, arguments[1], arguments[2]).doOnNext(System.out::println).blockLast();
      Steps.done("%d handles have been launched, used and closed".formatted(handles), start);
    } finally {
      delete(folder);
    }
  }

  static List<Path> copies(Path image, int count, Path folder) throws IOException {
    List<Path> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      images.add(Files.copy(image, folder.resolve("copy" + i)));
    }
    return images;
  }

  static Flux<String> checksums(List<Path> images, String filesystem, String path) {
    return Flux.fromIterable(images)
        .flatMap(image -> checksum(image, filesystem, path), images.size());
  }

  /** Launches, mounts, reads, hashes, and closes. */
  private static Mono<String> checksum(Path image, String filesystem, String path) {
    return Guestfs.builder()
        .addDrive(image)
        .usingMono(g -> g.mountRo(filesystem, "/").then(g.checksum("sha256", path)));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
