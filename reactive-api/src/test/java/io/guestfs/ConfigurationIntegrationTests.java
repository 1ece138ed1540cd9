package io.guestfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.guestfs.appliance.Accelerator;
import io.guestfs.appliance.ApplianceEvent.Phase;
import io.guestfs.appliance.DiskFormat;
import io.guestfs.appliance.Drive;
import io.guestfs.appliance.DriveSource.NbdServer;
import io.guestfs.appliance.MachineConfig;
import io.guestfs.appliance.host.HostProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Machines and disks of every kind, as a guest sees them and as the host finds them afterwards. */
@Timeout(900)
@EnabledIfSystemProperty(named = "guestfs.appliance", matches = ".+")
class ConfigurationIntegrationTests {

  private static final String APPLIANCE = System.getProperty("guestfs.appliance", "");
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final int OFFSET = 65_536;
  private static final byte MARK = 0x5a;
  private static final String READ_MARK = "read -P 0x5a 65536 4096";

  @TempDir Path directory;

  @RegisterExtension final LaunchEvents events = new LaunchEvents();

  private GuestfsBuilder builder() {
    // Whether KVM works is remembered in the cache directory, and would be tried in a new one.
    return Guestfs.builder()
        .appliance(Path.of(APPLIANCE))
        .accelerator(Accelerator.TCG)
        .listener(events);
  }

  /**
   * The clock of what the template is made from is years behind, as that of an old template is. A
   * machine that boots has the clock that qemu gives it.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @SuppressWarnings("deprecation") // SELinux can be asked for all the same
  void theMachineIsTheOneThatWasAskedFor(boolean templates) throws IOException {
    List<String> facts =
        get(
            (templates ? builder() : builder().qemuOption("-smbios", "type=1,serial=word42"))
                .cacheDirectory(directory)
                .templates(templates)
                .warmTemplates(false)
                .qemu(templates ? qemuOfThePast() : MachineConfig.DEFAULT_QEMU)
                .selinux(true)
                .memoryMegabytes(700)
                .processors(2)
                .network(true)
                .appendKernel("guestfs_word=42")
                .addDriveScratch(1 << 20)
                .usingMono(
                    g ->
                        Flux.concat(
                                g.mountVfs("ro", "proc", "/dev/sda", "/").then(Mono.empty()),
                                g.cat("/cmdline"),
                                g.cat("/meminfo"),
                                threadsWithTimerSlack(g),
                                g.umountAll().then(Mono.empty()),
                                g.mountVfs("ro", "sysfs", "/dev/sda", "/").then(Mono.empty()),
                                g.cat("/devices/system/cpu/online"),
                                g.cat("/devices/virtual/dmi/id/product_serial"),
                                g.ls("/class/net").filter(name -> !name.equals("lo")),
                                g.umountAll().then(Mono.empty()),
                                g.mountVfs("ro", "securityfs", "/dev/sda", "/").then(Mono.empty()),
                                g.cat("/lsm"),
                                g.umountAll().then(clockIsTheHosts(g)).then(Mono.empty()))
                            .collectList()));
    assertThat(facts).hasSize(7);
    assertThat(facts.get(0)).contains(" selinux=1 enforcing=0 ").endsWith(" guestfs_word=42\n");
    assertThat(facts.get(1)).containsPattern("^MemTotal: +6\\d{5} kB");
    assertThat(facts.get(2)).isEqualTo("[C1 CompilerThre, VM Periodic Tas]");
    assertThat(facts.get(3)).isEqualTo("0-1\n");
    assertThat(facts.get(4).equals("word42\n")).isEqualTo(!templates);
    assertThat(facts.get(5)).startsWith("e");
    assertThat(facts.get(6)).isEqualTo("lockdown,capability,selinux");
    for (Phase phase : List.of(Phase.CAPTURING, Phase.RESTORING)) {
      assertThat(events.phases().contains(phase)).isEqualTo(templates);
    }
  }

  /** Names of the daemon's threads that sleep for longer than they ask; /proc is mounted. */
  private static Mono<String> threadsWithTimerSlack(Guestfs g) {
    return g.ls("/self/task")
        .filterWhen(thread -> g.cat("/" + thread + "/timerslack_ns").map(s -> !s.equals("50000\n")))
        .concatMap(thread -> g.cat("/self/task/" + thread + "/comm"))
        .map(String::strip)
        .distinct()
        .sort()
        .collectList()
        .map(List::toString);
  }

  private String qemuOfThePast() throws IOException {
    Path wrapper = directory.resolve("qemu-of-the-past");
    Files.writeString(
        wrapper,
        "#!/bin/sh\nexec %s \"$@\" -rtc base=2020-02-02T02:02:02\n"
            .formatted(MachineConfig.DEFAULT_QEMU));
    Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwx------"));
    return wrapper.toString();
  }

  /** Within a second, seen from the time of a file that is made. */
  private static Mono<Void> clockIsTheHosts(Guestfs g) {
    return g.mkfs("ext2", "/dev/sda")
        .then(g.mount("/dev/sda", "/"))
        .then(Mono.fromSupplier(Instant::now))
        .flatMap(
            before ->
                g.touch("/now")
                    .then(g.lstatns("/now"))
                    .doOnNext(
                        file ->
                            assertThat(Instant.ofEpochSecond(file.stMtimeSec(), file.stMtimeNsec()))
                                .isBetween(before.minusSeconds(1), Instant.now().plusSeconds(1))))
        .then();
  }

  @Test
  void imagesOfAllFormatsAreReadAndWritten() throws IOException {
    List<DiskFormat> formats = Arrays.asList(DiskFormat.values());
    GuestfsBuilder builder = builder();
    List<Path> images = new ArrayList<>();
    for (DiskFormat format : formats) {
      Path image = image(format);
      images.add(image);
      builder = builder.addDrive(image);
    }
    markAll(builder);
    for (int i = 0; i < images.size(); i++) {
      requireMark(images.get(i), formats.get(i));
    }
  }

  @Test
  void blockDevicesOfTheHostAreDisks() throws IOException {
    Path image = image(DiskFormat.RAW);
    HostProgram.Result loop =
        HostProgram.run(List.of("losetup", "--find", "--show", image.toString()), PATIENCE);
    assumeTrue(loop.status() == 0, () -> "a loop device: " + loop.output());
    try {
      markAll(builder().addDrive(Path.of(loop.output())));
    } finally {
      run("losetup", "--detach", loop.output());
    }
    requireMark(image, DiskFormat.RAW);
  }

  @Test
  void imagesOfServersAreDisks() throws IOException {
    Path socket = directory.resolve("nbd.socket");
    int port = freePort();
    Path local = image(DiskFormat.RAW);
    Path remote = image(DiskFormat.QCOW2);
    try (NbdProcess unix = NbdProcess.serve(local, DiskFormat.RAW, "-k", socket.toString());
        NbdProcess tcp =
            NbdProcess.serve(remote, DiskFormat.QCOW2, "-b", "127.0.0.1", "-p", "" + port)) {
      assertThat(unix.pid()).isNotEqualTo(tcp.pid());
      markAll(
          builder()
              .addDrive(Drive.nbd(new NbdServer.UnixSocket(socket), "").build())
              .addDrive(Drive.nbd(new NbdServer.Tcp("127.0.0.1", port), "").build()));
    }
    requireMark(local, DiskFormat.RAW);
    requireMark(remote, DiskFormat.QCOW2);
  }

  /** What the appliance has written is no more than in the cache of a disk, until it is flushed. */
  @ParameterizedTest
  @CsvSource({"flush, 5", "write, 28"})
  void whatTheHostRefusesIsAnErrorOfClosing(String refused, int errno) throws IOException {
    Path socket = directory.resolve("nbd.socket");
    try (NbdProcess server =
        NbdProcess.serveFaulty(image(DiskFormat.RAW), socket, refused, errno)) {
      assertThat(server.pid()).isPositive();
      Guestfs g = get(builder().addDrive(remote(socket)).launch());
      // Into the page cache: nobody waits for the disk yet.
      assertThat(get(g.pwriteDevice("/dev/sda", mark(), OFFSET))).isEqualTo(mark().length);
      assertThatThrownBy(() -> g.close().block(PATIENCE))
          .isInstanceOfSatisfying(
              CallFailedException.class, e -> assertThat(e.errnoName()).isEqualTo("EIO"))
          .hasMessageContaining("/dev/sda");
    }
  }

  @Test
  void whatTheHostCannotReadIsAnErrorOfTheCall() throws IOException {
    Path image = image(DiskFormat.RAW);
    // A server does not read where it knows that there is nothing.
    run("qemu-io", "-f", "raw", "-c", "write -P 0x5a 65536 4096", image.toString());
    Path socket = directory.resolve("nbd.socket");
    try (NbdProcess server = NbdProcess.serveFaulty(image, socket, "read", 5)) {
      assertThat(server.pid()).isPositive();
      Guestfs g = get(builder().addDrive(remote(socket)).launch());
      assertThatThrownBy(() -> get(g.preadDevice("/dev/sda", mark().length, OFFSET)))
          .isInstanceOfSatisfying(
              CallFailedException.class, e -> assertThat(e.errnoName()).isEqualTo("EIO"));
      g.close().block(PATIENCE);
    }
  }

  private static Drive remote(Path socket) {
    return Drive.nbd(new NbdServer.UnixSocket(socket), "").build();
  }

  @Test
  void diskThatSomebodyElseWritesToIsRefusedAndWhoeverHasItIsNotDisturbed() throws IOException {
    Path image = image(DiskFormat.QCOW2);
    GuestfsBuilder writer = builder().addDrive(image);
    get(
        writer.usingMono(
            g ->
                Mono.fromRunnable(
                        () ->
                            assertThatThrownBy(() -> get(writer.usingMono(Guestfs::pingDaemon)))
                                .isInstanceOf(LaunchException.class)
                                .hasMessageContainingAll(
                                    image.toString(), "in use by another process"))
                    .subscribeOn(Schedulers.boundedElastic())
                    .then(g.pwriteDevice("/dev/sda", mark(), OFFSET))));
    markAll(writer);
  }

  @Test
  void diskThatWentAwayIsNamed() throws IOException {
    Path image = image(DiskFormat.RAW);
    GuestfsBuilder builder = builder().addDrive(image);
    Files.delete(image);
    assertThatThrownBy(() -> get(builder.launch()))
        .isInstanceOf(LaunchException.class)
        .hasMessageContainingAll(image.toString(), "does not exist");
  }

  /** Writes to each disk from the guest, and closes the handle. */
  private static void markAll(GuestfsBuilder builder) {
    List<Integer> written =
        get(
            builder.usingMono(
                g ->
                    g.listDevices()
                        .concatMap(disk -> g.pwriteDevice(disk, mark(), OFFSET))
                        .collectList()));
    assertThat(written).isNotEmpty().containsOnly(mark().length);
  }

  private static byte[] mark() {
    byte[] mark = new byte[4096];
    Arrays.fill(mark, MARK);
    return mark;
  }

  private static void requireMark(Path image, DiskFormat format) throws IOException {
    assertThat(run("qemu-io", "-r", "-f", format.qemuName(), "-c", READ_MARK, image.toString()))
        .doesNotContain("Pattern verification failed");
  }

  private Path image(DiskFormat format) throws IOException {
    Path image = directory.resolve("disk." + format.qemuName());
    run("qemu-img", "create", "-q", "-f", format.qemuName(), image.toString(), "64M");
    return image;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String run(String... command) throws IOException {
    HostProgram.Result ended = HostProgram.run(List.of(command), PATIENCE);
    assertThat(ended.status()).as(ended.output()).isZero();
    return ended.output();
  }

  private static <T> T get(Mono<T> value) {
    return Objects.requireNonNull(value.block(PATIENCE));
  }

  /** A qemu-nbd that serves one disk, to one client after the other. */
  private record NbdProcess(long pid) implements AutoCloseable {

    static NbdProcess serve(Path image, DiskFormat format, String... where) throws IOException {
      List<String> arguments = new ArrayList<>(List.of(where));
      arguments.addAll(List.of("-f", format.qemuName(), image.toString()));
      return start(image, arguments.toArray(String[]::new));
    }

    /** Answers each request of one kind ({@code read}, {@code write}, {@code flush}) so. */
    static NbdProcess serveFaulty(Path image, Path socket, String request, int errno)
        throws IOException {
      String fault = "file.inject-error.0.";
      String node =
          String.join(
              ",",
              "driver=raw,file.driver=blkdebug",
              "file.image.driver=file,file.image.filename=" + image,
              fault + "event=none",
              fault + "iotype=" + request,
              fault + "errno=" + errno);
      return start(image, "-k", socket.toString(), "--image-opts", node);
    }

    /** With files beside this one for what it says. */
    static NbdProcess start(Path image, String... arguments) throws IOException {
      Path pid = image.resolveSibling(image.getFileName() + ".pid");
      List<String> command = new ArrayList<>(List.of("qemu-nbd", "--fork", "--persistent"));
      command.addAll(List.of("--pid-file", pid.toString()));
      command.addAll(List.of(arguments));
      // The server keeps what its first process, which ends when it serves, wrote to.
      Path log = image.resolveSibling(image.getFileName() + ".log");
      Process first =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      first.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
      assertThat(first.exitValue()).as(Files.readString(log)).isZero();
      return new NbdProcess(Long.parseLong(Files.readString(pid).strip()));
    }

    @Override
    public void close() {
      ProcessHandle.of(pid)
          .ifPresent(
              server -> {
                server.destroy();
                server.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
              });
    }
  }
}
