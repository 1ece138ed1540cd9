package io.guestfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.guestfs.appliance.Accelerator;
import io.guestfs.appliance.Appliance;
import io.guestfs.appliance.ApplianceEvent;
import io.guestfs.appliance.ApplianceEvent.Phase;
import io.guestfs.appliance.DiskFormat;
import io.guestfs.appliance.Drive;
import io.guestfs.appliance.Environment;
import io.guestfs.appliance.MachineConfig;
import io.guestfs.appliance.launch.ApplianceLauncher;
import io.guestfs.calls.PV;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What handles that were launched from one template share, and what they must not. */
@Timeout(900)
class CloneIntegrationTests {

  private static final String APPLIANCE = System.getProperty("guestfs.appliance", "");
  private static final int CLONES = Boolean.getBoolean("guestfs.long") ? 50 : 10;
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int MEGABYTE = 1 << 20;

  /** Offset and length of a disk's GUID in its GUID partition table, of 512-byte sectors. */
  private static final int GUID_AT = 512 + 56;

  private static final int GUID_LENGTH = 16;

  @TempDir static Path directory;

  @BeforeAll
  static void thereIsAnAppliance() {
    assumeThat(APPLIANCE).as("system property guestfs.appliance").isNotEmpty();
  }

  private static GuestfsBuilder builder() {
    return Guestfs.builder().appliance(Path.of(APPLIANCE));
  }

  private static Drive disk(String name, int megabytes) {
    Path path = directory.resolve(name);
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength((long) megabytes * MEGABYTE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Drive.local(path).format(DiskFormat.RAW).build();
  }

  @Test
  void clonesGiveDifferentNames() {
    List<List<String>> all =
        get(
            Flux.range(0, CLONES)
                .flatMap(
                    clone ->
                        builder()
                            .addDrive(disk("clone" + clone, 512))
                            .usingMono(CloneIntegrationTests::names),
                    2)
                .collectList());
    assertThat(all).hasSize(CLONES);
    for (int kind = 0; kind < all.get(0).size(); kind++) {
      List<String> ofOneKind = new ArrayList<>();
      for (List<String> ofOneClone : all) {
        ofOneKind.add(ofOneClone.get(kind));
      }
      assertThat(ofOneKind).doesNotContain("").doesNotHaveDuplicates();
    }
  }

  /** Names that a machine makes by chance, always in the same order. */
  private static Mono<List<String>> names(Guestfs g) {
    String disk = "/dev/sda";
    return Flux.concat(
            g.mkfs("ext4", disk).then(g.vfsUuid(disk)),
            g.mount(disk, "/").then(g.mkdtemp("/nameXXXXXX")),
            g.umountAll().then(g.mkswap(disk)).then(g.vfsUuid(disk)),
            g.mkfs("xfs", disk).then(g.vfsUuid(disk)),
            g.zero(disk).then(g.pvcreate(disk)).thenMany(g.pvsFull()).map(PV::pvUuid),
            g.lvmRemoveAll().then(g.partDisk(disk, "gpt")).then(guid(g, disk)))
        .collectList();
  }

  private static Mono<String> guid(Guestfs g, String disk) {
    return g.downloadOffset(disk, GUID_AT, GUID_LENGTH)
        .reduce(
            "",
            (text, bytes) -> {
              byte[] piece = new byte[bytes.remaining()];
              bytes.get(piece);
              return text + HexFormat.of().formatHex(piece);
            });
  }

  @Test
  void clockIsTheHostsHoweverOldTheTemplateIs() throws IOException {
    Path wrapper = directory.resolve("qemu-of-the-past");
    Files.writeString(
        wrapper, "#!/bin/sh\nexec qemu-system-x86_64 \"$@\" -rtc base=2020-02-02T02:02:02\n");
    Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwx------"));
    List<GuestfsEvent> events = new CopyOnWriteArrayList<>();
    List<Instant> times =
        get(
            builder()
                .qemu(wrapper.toString())
                .launcher(CloneIntegrationTests::launchWithOwnCache)
                .listener(events::add)
                .addDrive(disk("clock", 64))
                .usingMono(
                    g ->
                        g.mkfs("ext4", "/dev/sda")
                            .then(g.mount("/dev/sda", "/"))
                            .then(Mono.fromSupplier(Instant::now))
                            .flatMap(
                                before ->
                                    g.touch("/now")
                                        .then(g.lstatns("/now"))
                                        .map(
                                            status ->
                                                List.of(
                                                    before,
                                                    Instant.ofEpochSecond(
                                                        status.stMtimeSec(), status.stMtimeNsec()),
                                                    Instant.now())))));
    assertThat(phases(events)).contains(Phase.RESTORING);
    assertThat(times.get(1)).isBetween(times.get(0).minusSeconds(1), times.get(2).plusSeconds(1));
  }

  /** What is made from a program that is removed after the test is of no use to anybody else. */
  private static Mono<Appliance> launchWithOwnCache(
      EventLoop loop, MachineConfig config, Consumer<ApplianceEvent> listener) {
    Environment own = Environment.of(Map.of("XDG_CACHE_HOME", directory.toString()));
    MachineConfig.Builder copy =
        MachineConfig.builder(own)
            .applianceDirectory(config.applianceDirectory())
            .qemu(config.qemu())
            // Whether KVM works is remembered in the cache, so here it would be tried once more.
            .accelerator(Accelerator.TCG);
    config.drives().forEach(copy::addDrive);
    return new ApplianceLauncher(loop).launch(copy.build(), listener);
  }

  @Test
  void disksHaveTheNamesOfTheirPlacesHoweverManyThereAre() {
    int count = 30;
    GuestfsBuilder builder = builder();
    for (int i = 0; i < count; i++) {
      builder = builder.addDrive(disk("many" + i, i + 1));
    }
    Map<String, Long> sizes =
        get(
            builder.usingMono(
                g ->
                    g.listDevices()
                        .concatMap(
                            name -> g.blockdevGetsize64(name).map(size -> Map.entry(name, size)))
                        .collectList()
                        .map(
                            entries -> {
                              Map<String, Long> map = new LinkedHashMap<>();
                              entries.forEach(e -> map.put(e.getKey(), e.getValue()));
                              return map;
                            })));
    assertThat(sizes).hasSize(count).containsEntry("/dev/sdaa", 27L * MEGABYTE);
    assertThat(sizes.keySet())
        .startsWith("/dev/sda", "/dev/sdb")
        .endsWith("/dev/sdac", "/dev/sdad");
    assertThat(sizes.values())
        .containsExactlyElementsOf(
            Flux.range(1, count).map(size -> (long) size * MEGABYTE).toIterable());
  }

  @Test
  void partitionsAreThereWhenTheLaunchCompletes() {
    Drive drive = disk("partitioned", 64);
    get(builder().addDrive(drive).usingMono(g -> g.partDisk("/dev/sda", "mbr").thenReturn(true)));
    for (int i = 0; i < 3; i++) {
      List<String> partitions =
          get(builder().addDrive(drive).usingMono(g -> g.listPartitions().collectList()));
      assertThat(partitions).containsExactly("/dev/sda1");
    }
  }

  @Test
  void whatOneHandleDoesIsNotInTheNext() {
    List<GuestfsEvent> events = new CopyOnWriteArrayList<>();
    GuestfsBuilder builder = builder().listener(events::add);
    get(
        builder
            .addDrive(disk("first", 64))
            .usingMono(
                g -> g.mkfs("ext4", "/dev/sda").then(g.mount("/dev/sda", "/")).then(g.umask(077))));
    int umask = get(builder.usingMono(g -> g.umask(022)));
    List<String> mounts = get(builder.usingMono(g -> g.mounts().collectList()));
    assertThat(umask).isEqualTo(022);
    assertThat(mounts).isEmpty();
    assertThat(phases(events)).filteredOn(phase -> phase == Phase.RESTORING).hasSize(3);
  }

  private static List<Phase> phases(List<GuestfsEvent> events) {
    return events.stream()
        .filter(GuestfsEvent.LaunchPhase.class::isInstance)
        .map(event -> ((GuestfsEvent.LaunchPhase) event).phase())
        .toList();
  }

  private static <T> T get(Mono<T> value) {
    return Objects.requireNonNull(value.block(PATIENCE));
  }
}
