package io.guestfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tools of libguestfs, as Debian ships them, with the appliance of this project: guestfish
 * makes a disk with content, and the others look at it. Nobody here wrote the library that they
 * use.
 */
@EnabledIfSystemProperty(
    named = StockToolsIntegrationTests.APPLIANCE,
    matches = ".+",
    disabledReason = "no fixed appliance was named")
@Timeout(1200)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StockToolsIntegrationTests {

  static final String APPLIANCE = "guestfs.fixed.appliance";

  private static final long DISK_BYTES = 200L << 20;

  /** Large enough for reading all of it to take longer than progress is waited for. */
  private static final long SCRATCH_BYTES = 1L << 30;

  private static final int CONTENT_BYTES = 5_000_003;
  private static final long PATIENCE_MINUTES = 10;

  /** What our daemon says to a call that nobody has served yet: the only excuse. */
  private static final String NOT_SERVED = "this daemon does not know procedure";

  private static final String SCRIPT =
      """
      scratch 1G
      run
      echo devices
      list-devices
      part-init /dev/sda gpt
      part-add /dev/sda p 2048 204799
      part-add /dev/sda p 204800 -2048
      mkfs ext4 /dev/sda1 label:stock
      pvcreate /dev/sda2
      vgcreate vg /dev/sda2
      lvcreate home vg 64
      mkfs ext2 /dev/vg/home
      echo storage
      list-partitions
      lvs
      vfs-label /dev/sda1
      vfs-type /dev/vg/home
      blockdev-getsize64 /dev/sda
      mount /dev/sda1 /
      mkdir-p /etc/deep
      write /etc/motd "hello\\n"
      write-append /etc/motd "again\\n"
      ln-s motd /etc/link
      upload content /content
      download /content back
      download-offset /content tail 5000000 100
      echo digest
      checksum sha256 /content
      echo files
      cat /etc/link
      readlink /etc/link
      filesize /etc/motd
      ls /etc
      find /etc
      tar-out /etc etc.tar
      mkdir /copy
      tar-in etc.tar /copy
      cat /copy/link
      echo broken off
      -download /content /dev/full
      -upload . /partial
      filesize /content
      echo progress
      event p progress 'echo "$3 $4" >>progress'
      zero-device /dev/sdb
      delete-event p
      echo errors
      -cat /none
      -rm /none
      -upload content /no/such/place
      -download /etc back
      -mkfs ext4 /dev/none
      -upload content /etc/deep
      echo after
      ping-daemon
      is-dir /etc/deep
      umount-all
      """;

  private Path folder = Path.of("");
  private byte[] content = {};
  private Result fish = new Result(0, "", "");

  private record Result(int status, String output, String errors) {

    /** What was printed between the line of this name and the next of such lines. */
    List<String> section(String name, String next) {
      List<String> lines = output.lines().toList();
      return lines.subList(lines.indexOf(name) + 1, lines.indexOf(next));
    }
  }

  @BeforeAll
  void guestfishMakesADisk(@TempDir Path temporary) throws IOException {
    folder = temporary;
    content = new byte[CONTENT_BYTES];
    new Random(1).nextBytes(content);
    Files.write(folder.resolve("content"), content);
    try (RandomAccessFile image = new RandomAccessFile(folder.resolve("disk.img").toFile(), "rw")) {
      image.setLength(DISK_BYTES);
    }
    fish = run(SCRIPT, "guestfish", "--format=raw", "-a", "disk.img");
    assertThat(fish.status()).as(fish.errors()).isZero();
  }

  private Result run(String input, String... command) {
    try {
      Path in = Files.writeString(folder.resolve("in"), input);
      Path out = folder.resolve("out");
      Path errors = folder.resolve("errors");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile())
              .redirectError(errors.toFile());
      Map<String, String> environment = builder.environment();
      environment.put("LIBGUESTFS_PATH", System.getProperty(APPLIANCE, ""));
      environment.put("LIBGUESTFS_BACKEND", "direct");
      environment.put("LIBGUESTFS_BACKEND_SETTINGS", "force_tcg");
      environment.put("LC_ALL", "C");
      Process process = builder.start();
      if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError(List.of(command) + " does not end");
      }
      return new Result(process.exitValue(), Files.readString(out), Files.readString(errors));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private Result succeed(String... command) {
    Result result = run("", command);
    assumeFalse(result.errors().contains(NOT_SERVED), result::errors);
    assertThat(result.status()).as(result.errors()).isZero();
    return result;
  }

  @Test
  void guestfishSeesDevicesAndStorage() {
    assertThat(fish.section("devices", "storage")).containsExactly("/dev/sda", "/dev/sdb");
    assertThat(fish.section("storage", "digest"))
        .containsExactly(
            "/dev/sda1", "/dev/sda2", "/dev/vg/home", "stock", "ext2", "" + DISK_BYTES);
  }

  @Test
  void guestfishMovesContentBothWays() throws IOException, NoSuchAlgorithmException {
    String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    assertThat(fish.section("digest", "files")).containsExactly(digest);
    assertThat(Files.readAllBytes(folder.resolve("back"))).isEqualTo(content);
    assertThat(Files.readAllBytes(folder.resolve("tail")))
        .isEqualTo(Arrays.copyOfRange(content, 5_000_000, CONTENT_BYTES));
  }

  @Test
  void guestfishListsAndPacksFiles() {
    assertThat(fish.section("files", "broken off"))
        .filteredOn(line -> !line.isEmpty())
        .containsExactly(
            "hello", "again", "motd", "12", "deep", "link", "motd", "/deep", "/link", "/motd",
            "hello", "again");
  }

  /** A download, because there is no room for it; an upload, because it cannot be read. */
  @Test
  void guestfishBreaksOffTransfersAndGoesOn() {
    assertThat(fish.section("broken off", "progress")).containsExactly("" + CONTENT_BYTES);
  }

  @Test
  void guestfishSeesProgressToItsEnd() throws IOException {
    List<String> reports = Files.readAllLines(folder.resolve("progress"));
    assertThat(reports)
        .isNotEmpty()
        .endsWith("%1$d %1$d".formatted(SCRATCH_BYTES))
        .allSatisfy(
            report -> {
              String[] parts = report.split(" ");
              assertThat(Long.parseLong(parts[0])).isBetween(0L, Long.parseLong(parts[1]));
            });
  }

  @Test
  void guestfishShowsErrorsAndGoesOn() {
    assertThat(fish.errors().lines().filter(line -> line.contains("error:")))
        .hasSize(9)
        .satisfiesExactly(
            line -> assertThat(line).contains("/dev/full: write: No space left on device"),
            line -> assertThat(line).contains("cancelled by daemon"),
            line -> assertThat(line).contains("read: .: Is a directory"),
            line -> assertThat(line).contains("/none").contains("No such file or directory"),
            line -> assertThat(line).contains("/none").contains("No such file or directory"),
            line -> assertThat(line).contains("upload").contains("No such file or directory"),
            line -> assertThat(line).contains("download").contains("Is a directory"),
            line -> assertThat(line).contains("mkfs").contains("/dev/none"),
            line -> assertThat(line).contains("upload").contains("Is a directory"));
    List<String> lines = fish.output().lines().toList();
    assertThat(lines.subList(lines.indexOf("after") + 1, lines.size())).containsExactly("true");
  }

  @Test
  void virtDfSeesTheFileSystems() {
    List<String> lines = succeed("virt-df", "--csv", "-a", "disk.img").output().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1)).contains("/dev/sda1");
    assertThat(lines.get(2)).contains("/dev/vg/home");
    String[] root = lines.get(1).split(",");
    assertThat(Long.parseLong(root[3])).as("used, in KiB").isGreaterThan(CONTENT_BYTES / 1024);
  }

  @Test
  void virtFilesystemsListsEverything() {
    Result result =
        succeed("virt-filesystems", "--format=raw", "-a", "disk.img", "--all", "--long", "--csv");
    assertThat(result.output())
        .contains("/dev/sda1,filesystem,ext4,stock,")
        .contains("/dev/vg/home,filesystem,ext2,")
        .contains("/dev/vg/home,lv,")
        .contains("/dev/sda1,partition,")
        .contains("/dev/sda,device,");
  }

  @Test
  void virtCatPrintsAFile() {
    assertThat(succeed("virt-cat", "-a", "disk.img", "-m", "/dev/sda1", "/etc/motd").output())
        .isEqualTo("hello\nagain\n");
  }
}
