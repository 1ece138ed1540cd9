package io.guestfs.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.appliance.DiskFormat;
import io.guestfs.appliance.disk.DiskImages;
import io.guestfs.calls.value.Device;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs every example against a real appliance, on a disk that the first one makes. */
@Timeout(600)
class ExamplesIntegrationTests {

  private static final Duration LIMIT = Duration.ofMinutes(5);

  @TempDir static Path folder;

  private static Path disk;

  @BeforeAll
  static void makeDisk() {
    disk = folder.resolve("disk.qcow2");
    MakeDisk.make(disk).block(LIMIT);
  }

  @Test
  void diskIsListed() {
    assertThat(ListDisk.list(disk).collectList().block(LIMIT))
        .contains("file system /dev/sda1: ext4")
        .anyMatch(line -> line.startsWith("partition /dev/sda1: 255 MiB"));
  }

  @Test
  void fileSurvivesTheWayInAndOut() throws IOException, NoSuchAlgorithmException {
    long seed = new Random().nextLong();
    byte[] content = new byte[3_000_001];
    new Random(seed).nextBytes(content);
    Path original = Files.write(folder.resolve("original"), content);
    Path copy = folder.resolve("copy");

    CopyFiles.copyIn(disk, "/dev/sda1", original, "/copied").block(LIMIT);
    CopyFiles.copyOut(disk, "/dev/sda1", "/copied", copy).block(LIMIT);

    assertThat(Files.mismatch(original, copy)).as("seed %d", seed).isEqualTo(-1);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
    List<Path> disks = ManyHandles.copies(disk, 3, Files.createDirectory(folder.resolve("many")));
    List<String> checksums =
        ManyHandles.checksums(disks, "/dev/sda1", "/copied").collectList().block(LIMIT);
    assertThat(checksums).hasSize(3).containsOnly(HexFormat.of().formatHex(digest));
  }

  @Test
  void programOfTheReadmeFindsTheLargestFiles() {
    int greeting = "Hello from the host.\n".getBytes(StandardCharsets.UTF_8).length;
    assertThat(Readme.largest(disk).collectList().block(LIMIT))
        .isNotEmpty()
        .contains(greeting + " greeting.txt");
  }

  @Test
  void programOfTheReadmeMakesVolumes() {
    Path image = folder.resolve("lvm.img");
    DiskImages.create(image, DiskFormat.RAW, 256L << 20).block(LIMIT);
    assertThat(Readme.volume(image).block(LIMIT)).isEqualTo(new Device("/dev/guest/data"));
    assertThat(ListDisk.list(image).collectList().block(LIMIT))
        .contains("file system /dev/guest/data: ext4");
  }
}
