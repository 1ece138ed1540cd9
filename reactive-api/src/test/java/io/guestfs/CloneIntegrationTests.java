package io.guestfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.appliance.ApplianceEvent.Phase;
import io.guestfs.appliance.DiskFormat;
import io.guestfs.appliance.Drive;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What handles that were launched from one template share, and what they must not. */
@Timeout(900)
@EnabledIfSystemProperty(named = "guestfs.appliance", matches = ".+")
class CloneIntegrationTests {

  private static final String APPLIANCE = System.getProperty("guestfs.appliance", "");
  private static final int CLONES = Boolean.getBoolean("guestfs.long") ? 50 : 10;
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int MEGABYTE = 1 << 20;

  /** Offset and length of a disk's GUID in its GUID partition table, of 512-byte sectors. */
  private static final int GUID_AT = 512 + 56;

  private static final int GUID_LENGTH = 16;

  private static final long SMALLEST_XFS = 300L * MEGABYTE;

  @TempDir static Path directory;

  @RegisterExtension final LaunchEvents events = new LaunchEvents();

  @BeforeAll
  static void thereIsAnAppliance() {
    // Twice, since what is there is not to be made again.
    Guestfs.builder().appliance(Path.of(APPLIANCE)).prepareTemplate().repeat(1).blockLast(PATIENCE);
  }

  private GuestfsBuilder builder() {
    return Guestfs.builder().appliance(Path.of(APPLIANCE)).listener(events);
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
    List<List<String>> all = get(Flux.range(0, CLONES).flatMap(clone -> names(), 2).collectList());
    assertThat(all).hasSize(CLONES);
    for (int kind = 0; kind < all.get(0).size(); kind++) {
      List<String> ofOneKind = new ArrayList<>();
      for (List<String> ofOneClone : all) {
        ofOneKind.add(ofOneClone.get(kind));
      }
      assertThat(ofOneKind).doesNotContain("").doesNotHaveDuplicates();
    }
  }

  /** Names that a new machine makes by chance, always in the same order. */
  private Mono<List<String>> names() {
    return builder()
        .addDriveScratch(MEGABYTE)
        .addDriveScratch(MEGABYTE)
        .addDriveScratch(8 * MEGABYTE)
        .addDriveScratch(MEGABYTE)
        .addDriveScratch(SMALLEST_XFS)
        .usingMono(
            g ->
                Flux.concat(
                        g.mkfs("ext4", "/dev/sda").then(g.vfsUuid("/dev/sda")),
                        g.mount("/dev/sda", "/").then(g.mkdtemp("/nameXXXXXX")),
                        g.mkswap("/dev/sdb").then(g.vfsUuid("/dev/sdb")),
                        g.pvcreate("/dev/sdc").then(g.vfsUuid("/dev/sdc")),
                        g.partInit("/dev/sdd", "gpt").then(guid(g, "/dev/sdd")),
                        g.mkfs("xfs", "/dev/sde").then(g.vfsUuid("/dev/sde")))
                    .collectList());
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
    GuestfsBuilder builder = builder();
    get(
        builder
            .addDrive(disk("first", 64))
            .usingMono(
                g -> g.mkfs("ext4", "/dev/sda").then(g.mount("/dev/sda", "/")).then(g.umask(077))));
    int umask = get(builder.usingMono(g -> g.umask(022)));
    List<String> mounts = get(builder.usingMono(g -> g.mounts().collectList()));
    assertThat(umask).isEqualTo(022);
    assertThat(mounts).isEmpty();
    assertThat(events.phases()).filteredOn(phase -> phase == Phase.RESTORING).hasSize(3);
  }

  private static <T> T get(Mono<T> value) {
    return Objects.requireNonNull(value.block(PATIENCE));
  }
}
