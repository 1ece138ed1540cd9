package io.guestfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.appliance.Accelerator;
import io.guestfs.appliance.ApplianceEvent.Phase;
import io.guestfs.calls.Dirent;
import io.guestfs.calls.MkfsOptions;
import io.guestfs.calls.StatNS;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What a real appliance has to do, whoever built it. One handle for all tests; each has a directory
 * of its own, and after each the two sides have to be in step.
 */
@Timeout(900)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class GuestfsContract {

  static final Duration PATIENCE = Duration.ofMinutes(5);

  /** The disk: a partition for the tests, and one that fills up quickly. */
  private static final long DISK_BYTES = 300L << 20;

  private static final long SMALL_START = 560_000;
  private static final long SMALL_END = SMALL_START + 16_383;
  private static final int PIECE = 64 * 1024;

  @RegisterExtension final LaunchEvents events = new LaunchEvents();

  private Guestfs g;

  /** The directory of the appliance; the tests are skipped when it is empty. */
  abstract String appliance();

  /** The most bytes that a message of this appliance may have. */
  abstract int messageMax();

  /** What the error of a full disk has in its message. */
  abstract String noSpace();

  /** How many files a directory can have for its listing to take seconds. */
  abstract int manyFiles();

  GuestfsBuilder builder() {
    return Guestfs.builder()
        .appliance(Path.of(appliance()))
        .accelerator(Accelerator.TCG)
        .launchTimeout(PATIENCE);
  }

  @BeforeAll
  void launch(@TempDir Path folder) throws IOException {
    Path disk = folder.resolve("disk.img");
    try (RandomAccessFile image = new RandomAccessFile(disk.toFile(), "rw")) {
      image.setLength(DISK_BYTES);
    }
    g = get(builder().addDrive(disk).listener(events).launch());
    run(g.partInit("/dev/sda", "gpt"));
    run(g.partAdd("/dev/sda", "p", 2048, SMALL_START - 1));
    run(g.partAdd("/dev/sda", "p", SMALL_START, SMALL_END));
    run(g.mkfs("ext4", "/dev/sda1", MkfsOptions.defaults().label("contract")));
    run(g.mkfs("ext2", "/dev/sda2"));
    run(g.mount("/dev/sda1", "/"));
    run(g.mkdir("/small"));
    run(g.mount("/dev/sda2", "/small"));
  }

  @AfterEach
  void theTwoSidesAreInStep() {
    run(g.pingDaemon());
    assertThat(g.state()).isEqualTo(GuestfsState.READY);
  }

  @AfterAll
  void close() {
    if (g != null) {
      run(g.close());
      assertThat(g.state()).isEqualTo(GuestfsState.CONFIG);
    }
  }

  private static void run(Mono<Void> call) {
    call.block(PATIENCE);
  }

  private static <T> T get(Mono<T> call) {
    return Objects.requireNonNull(call.block(PATIENCE));
  }

  private static <T> List<T> all(Flux<T> call) {
    return get(call.collectList());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void theLaunchWasSeenByTheListener() {
    assertThat(g.accelerator().accelerator()).isEqualTo(Accelerator.TCG);
    assertThat(events.phases()).contains(Phase.READY);
  }

  @Test
  void wordsComeBackAsTheyWereSent() {
    assertThat(get(g.echoDaemon(List.of("a", "b", "caf\uDCE9")))).isEqualTo("a b caf\uDCE9");
  }

  @Test
  void devicesAndPartitionsAreListed() {
    assertThat(all(g.listDevices())).containsExactly("/dev/sda");
    assertThat(all(g.listPartitions())).containsExactly("/dev/sda1", "/dev/sda2");
    assertThat(all(g.partList("/dev/sda"))).hasSize(2);
    assertThat(get(g.vfsType("/dev/sda1"))).isEqualTo("ext4");
    assertThat(get(g.vfsLabel("/dev/sda1"))).isEqualTo("contract");
    assertThat(get(g.blockdevGetsize64("/dev/sda"))).isEqualTo(DISK_BYTES);
    assertThat(get(g.mountpoints())).containsEntry("/dev/sda1", "/");
  }

  @Test
  void featureGroupsAreKnown() {
    assertThat(get(g.featureAvailable(List.of("lvm2")))).isTrue();
    run(g.available(List.of("lvm2")));
    assertThatThrownBy(() -> run(g.available(List.of("no such group"))))
        .isInstanceOf(CallFailedException.class)
        .hasMessageContaining("no such group");
  }

  @Test
  void anErrorHasNameAndMessage() {
    assertThatThrownBy(() -> run(g.rm("/not/there")))
        .isInstanceOfSatisfying(
            CallFailedException.class,
            error -> {
              assertThat(error.call()).isEqualTo("rm");
              assertThat(error.errnoName()).isEqualTo("ENOENT");
            })
        .hasMessageContaining("/not/there");
  }

  @Test
  void aRelativePathIsRefused() {
    assertThatThrownBy(() -> run(g.touch("relative")))
        .isInstanceOf(CallFailedException.class)
        .hasMessageContaining("touch");
  }

  @Test
  void filesAreMadeReadAndRemoved() {
    run(g.mkdirP("/files/deep"));
    run(g.write("/files/text", utf8("one\ntwo\r\nthree")));
    assertThat(get(g.cat("/files/text"))).isEqualTo("one\ntwo\r\nthree");
    assertThat(all(g.readLines("/files/text"))).containsExactly("one", "two", "three");
    assertThat(get(g.pread("/files/text", 3, 4))).isEqualTo(utf8("two"));
    assertThat(get(g.filesize("/files/text"))).isEqualTo(14);
    run(g.lnS("text", "/files/link"));
    assertThat(get(g.readlink("/files/link"))).isEqualTo("text");
    assertThat(get(g.exists("/files/none"))).isFalse();
    assertThat(get(g.isDir("/files/deep"))).isTrue();
    assertThat(all(g.ls("/files"))).containsExactly("deep", "link", "text");
    assertThat(all(g.readdir("/files")))
        .extracting(Dirent::name)
        .containsExactlyInAnyOrder(".", "..", "deep", "link", "text");
    assertThat(all(g.find("/files"))).containsExactly("deep", "link", "text");
    run(g.rmRf("/files"));
    assertThat(get(g.exists("/files"))).isFalse();
  }

  @Test
  void aNameThatIsNotTextCanBeListedOpenedAndRemoved() {
    String name = "/latin/caf\uDCE9";
    run(g.mkdir("/latin"));
    run(g.write(name, utf8("x")));
    assertThat(all(g.ls("/latin"))).containsExactly("caf\uDCE9");
    assertThat(get(g.cat(name))).isEqualTo("x");
    run(g.rm(name));
    assertThat(all(g.ls("/latin"))).isEmpty();
  }

  @Test
  void attributesOfFilesThatAreThereAndOneThatIsNot() {
    run(g.mkdir("/stat"));
    run(g.write("/stat/a", utf8("12345")));
    run(g.chmod(0640, "/stat/a"));
    assertThat(get(g.statns("/stat/a")))
        .satisfies(
            file -> {
              assertThat(file.stSize()).isEqualTo(5);
              assertThat(file.stMode() & 07777).isEqualTo(0640);
            });
    assertThat(all(g.lstatnslist("/stat", List.of("none", "a"))))
        .extracting(StatNS::stSize)
        .last()
        .isEqualTo(5L);
    assertThat(all(g.lstatnslist("/stat", List.of("none"))))
        .extracting(StatNS::stIno)
        .containsExactly(-1L);
  }

  @Test
  void contentSurvivesTheWayInAndOut() throws NoSuchAlgorithmException {
    long seed = System.nanoTime();
    int size = 20_000_003;
    run(g.upload(content(seed, size), "/content"));
    MessageDigest there = MessageDigest.getInstance("SHA-256");
    content(seed, size).toIterable().forEach(there::update);
    String digest = HexFormat.of().formatHex(there.digest());
    assertThat(get(g.checksum("sha256", "/content"))).as("seed %d", seed).isEqualTo(digest);

    MessageDigest back = MessageDigest.getInstance("SHA-256");
    g.download("/content").doOnNext(back::update).blockLast(PATIENCE);
    assertThat(HexFormat.of().formatHex(back.digest())).as("seed %d", seed).isEqualTo(digest);

    assertThat(
            get(
                g.downloadOffset("/content", size - 2, 10)
                    .map(ByteBuffer::remaining)
                    .reduce(0, Integer::sum)))
        .isEqualTo(2);
    run(g.rm("/content"));
  }

  private static Flux<ByteBuffer> content(long seed, int size) {
    return Flux.generate(
        () -> new Content(new Random(seed), size),
        (left, sink) -> {
          byte[] piece = new byte[Math.min(PIECE, left.bytes)];
          left.random.nextBytes(piece);
          left.bytes -= piece.length;
          sink.next(ByteBuffer.wrap(piece));
          if (left.bytes == 0) {
            sink.complete();
          }
          return left;
        });
  }

  private static final class Content {
    final Random random;
    int bytes;

    Content(Random random, int bytes) {
      this.random = random;
      this.bytes = bytes;
    }
  }

  @Test
  void contentThatIsLargerThanABaseMessageWorksOrTheErrorNamesTheWay() {
    byte[] large = new byte[9_000_001];
    new Random(1).nextBytes(large);
    run(g.write("/large", large));
    assertThat(get(g.readFile("/large"))).isEqualTo(large);
    Mono<Integer> inOneMessage = g.pwrite("/large", large, 0);
    if (messageMax() > large.length) {
      assertThat(get(inOneMessage)).isEqualTo(large.length);
      assertThat(get(g.pread("/large", large.length, 0))).isEqualTo(large);
    } else {
      assertThatThrownBy(() -> get(inOneMessage))
          .isInstanceOf(CallRejectedException.class)
          .hasMessageContaining("larger than " + messageMax() + " bytes; stream");
    }
    run(g.rm("/large"));
  }

  @Test
  void itIsKnownWhatTheDaemonServes() {
    assertThat(get(g.supports("mkfs"))).isTrue();
    assertThat(get(g.supports("ping_daemon"))).isTrue();
    assertThat(get(g.supports("upload"))).isTrue();
    assertThat(get(g.supports("tar_out"))).isTrue();
    assertThat(get(g.supports("cat"))).isTrue();
    assertThat(get(g.supports("no_such_call"))).isFalse();
  }

  @Test
  void aDownloadThatIsCancelledStopsAndTheNextCallWorks() {
    run(g.upload(content(1, 8_000_000), "/half"));
    for (int pieces = 1; pieces <= 5; pieces++) {
      assertThat(all(g.download("/half").take(pieces))).hasSize(pieces);
      assertThat(get(g.filesize("/half"))).isEqualTo(8_000_000);
    }
  }

  @Test
  void anUploadThatIsCancelledStopsAndTheNextCallWorks() {
    Flux<ByteBuffer> endless = content(1, 1_000_000).repeat();
    for (int i = 0; i < 5; i++) {
      Mono<Void> upload = g.upload(endless, "/endless");
      run(upload.takeUntilOther(Mono.delay(Duration.ofMillis(100L * i))));
      run(g.pingDaemon());
    }
    run(g.rmRf("/endless"));
  }

  @Test
  void anErrorOfTheSourceEndsTheUpload() {
    Flux<ByteBuffer> broken =
        content(1, 500_000).concatWith(Flux.error(new IOException("unplugged")));
    assertThatThrownBy(() -> run(g.upload(broken, "/broken"))).hasRootCauseMessage("unplugged");
  }

  @Test
  void anUploadThatDoesNotFitIsBrokenOffByTheDaemon() {
    assertThatThrownBy(() -> run(g.upload(content(1, 1_000_000).repeat(100), "/small/large")))
        .isInstanceOf(CallFailedException.class)
        .hasMessageContaining(noSpace());
    run(g.rm("/small/large"));
  }

  @Test
  void anUploadToWhereThereIsNothingFailsWithTheReason() {
    assertThatThrownBy(() -> run(g.upload(content(1, 5_000_000), "/not/there")))
        .isInstanceOfSatisfying(
            CallFailedException.class, error -> assertThat(error.errnoName()).isEqualTo("ENOENT"));
    assertThatThrownBy(() -> all(g.download("/not/there")))
        .isInstanceOfSatisfying(
            CallFailedException.class, error -> assertThat(error.errnoName()).isEqualTo("ENOENT"));
  }

  @Test
  void attributesOfManyFilesAreReadWhileTheyAreListed() {
    run(g.mkdir("/many"));
    List<String> names = IntStream.range(0, manyFiles()).mapToObj("file%05d"::formatted).toList();
    run(g.tarIn(Flux.just(ByteBuffer.wrap(Tar.ofEmptyFiles(names))), "/many"));
    assertThat(all(g.ls("/many"))).isEqualTo(names);
    assertThat(get(g.find("/many").concatMap(name -> g.lstatns("/many/" + name)).count()))
        .isEqualTo(manyFiles());
    assertThat(get(g.lstatnslist("/many", names).filter(file -> file.stIno() > 0).count()))
        .isEqualTo(manyFiles());
    run(g.rmRf("/many"));
  }

  @Test
  void anArchiveOfADirectoryUnpacksToTheSame() {
    run(g.mkdirP("/from/a/b"));
    run(g.write("/from/a/b/c", utf8("deep")));
    run(g.lnS("b", "/from/a/link"));
    run(g.mkdir("/to"));
    List<ByteBuffer> archive = all(g.tarOut("/from"));
    run(g.tarIn(Flux.fromIterable(archive), "/to"));
    assertThat(all(g.find("/to"))).isEqualTo(all(g.find("/from")));
    assertThat(get(g.cat("/to/a/link/c"))).isEqualTo("deep");
  }

  @Test
  void aLongCallReportsProgressToItsEnd() {
    List<GuestfsEvent.Progress> seen = new ArrayList<>();
    run(
        g.fillPattern("0123456789".repeat(1000), 100_000_000, "/pattern")
            .contextWrite(GuestfsEvent.Progress.listener(seen::add)));
    assertThat(seen).allMatch(p -> p.position() >= 0 && p.position() <= p.total());
    if (!seen.isEmpty()) {
      assertThat(seen.get(seen.size() - 1)).matches(p -> p.position() == p.total());
    }
    run(g.rm("/pattern"));
  }

  @Test
  void aTarThatIsNoneIsAnError() {
    run(g.mkdir("/notar"));
    assertThatThrownBy(() -> run(g.tarIn(content(7, 3_000_000), "/notar")))
        .isInstanceOf(CallFailedException.class)
        .hasMessageContaining("tar");
  }
}
