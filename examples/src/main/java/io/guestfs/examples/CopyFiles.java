package io.guestfs.examples;

import io.guestfs.Guestfs;
import io.guestfs.HostFiles;
import java.nio.file.Path;
import reactor.core.publisher.Mono;

/** Copies a file into a disk, and out of it again, as streams. */
public final class CopyFiles {

  private CopyFiles() {}

  /** Takes an image, a file system in it, a file of the host, and where to copy it to. */
  public static void main(String[] arguments) {
    copyIn(Path.of(arguments[0]), arguments[1], Path.of(arguments[2]), arguments[3]).block();
  }

  /** No more of the file is in memory than the appliance is about to take. */
  static Mono<Void> copyIn(Path image, String filesystem, Path file, String guestPath) {
    return Guestfs.builder()
        .addDrive(image)
        .usingMono(g -> g.mount(filesystem, "/").then(g.upload(HostFiles.read(file), guestPath)));
  }

  /** The guest sends no faster than the file is written. */
  static Mono<Void> copyOut(Path image, String filesystem, String guestPath, Path file) {
    return Guestfs.builder()
        .addDriveRo(image)
        .usingMono(
            g -> g.mountRo(filesystem, "/").then(HostFiles.write(g.download(guestPath), file)));
  }
}
