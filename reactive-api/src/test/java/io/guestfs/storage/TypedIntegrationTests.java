package io.guestfs.storage;

import static io.guestfs.storage.StorageMachine.await;
import static io.guestfs.storage.StorageMachine.bytes;
import static io.guestfs.storage.StorageMachine.get;
import static io.guestfs.storage.StorageMachine.list;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.Guestfs;
import io.guestfs.GuestfsBuilder;
import io.guestfs.appliance.DiskFormat;
import io.guestfs.appliance.disk.DiskImages;
import io.guestfs.calls.value.Device;
import io.guestfs.calls.value.GuestPath;
import io.guestfs.calls.value.Mountable;
import io.guestfs.calls.value.Size;
import io.guestfs.typed.DiskAccess;
import io.guestfs.typed.FilesystemType;
import io.guestfs.typed.PartitionTableType;
import io.guestfs.typed.TypedGuestfs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

/** Calls with types of their own, on real disks. */
@ExtendWith(StorageMachine.class)
@Timeout(300)
class TypedIntegrationTests {
  private static final Device SDA = new Device("/dev/sda");
  private static final Device SDA1 = new Device("/dev/sda1");
  private static final GuestPath ROOT = new GuestPath("/");
  private static final GuestPath FILE = new GuestPath("/file");

  private final TypedGuestfs g;

  TypedIntegrationTests(Guestfs plain) {
    g = TypedGuestfs.of(plain);
  }

  @ParameterizedTest
  @EnumSource
  void everyTypeOfFileSystemIsMade(FilesystemType type) {
    await(g.partInit(SDA, PartitionTableType.GPT));
    await(g.partAdd(SDA, Size.ofMebibytes(1), Size.ofMebibytes(400)));
    assertThat(get(g.size(SDA1))).isEqualTo(Size.ofMebibytes(400));

    await(g.mkfs(type, SDA1));
    assertThat(get(g.listFilesystems())).containsEntry(new Mountable(SDA1), type.plainName());
    await(g.mount(SDA1, ROOT));
    await(g.plain().touch(FILE.name()));
    await(g.truncate(FILE, Size.ofMebibytes(3)));
    assertThat(get(g.size(FILE))).isEqualTo(Size.ofMebibytes(3));
    await(g.umount(ROOT));
  }

  @ParameterizedTest
  @EnumSource
  void everyTypeOfPartitionTableIsMade(PartitionTableType type) {
    await(g.partDisk(SDA, type));
    assertThat(list(g.listPartitions())).containsExactly(SDA1);
  }

  @Test
  void volumesHaveSizes() {
    await(g.pvcreate(SDA));
    await(g.vgcreate("VG", List.of(SDA)));
    Device volume = get(g.lvcreate("LV", "VG", Size.ofMebibytes(64)));
    assertThat(list(g.lvs())).containsExactly(volume);
    assertThat(get(g.size(volume))).isEqualTo(Size.ofMebibytes(64));
    await(g.lvresize(volume, Size.ofMebibytes(128)));
    assertThat(get(g.size(volume))).isEqualTo(Size.ofMebibytes(128));
  }

  @Test
  void onlyAWritableDiskIsChanged(@TempDir Path folder) throws IOException {
    Path image = folder.resolve("disk");
    await(DiskImages.create(image, DiskFormat.RAW, Size.ofMebibytes(64).bytes()));
    await(
        here(DiskAccess.toWritable(image, DiskFormat.RAW))
            .usingMono(
                disk ->
                    disk.mkfs(FilesystemType.EXT4, SDA)
                        .then(disk.mount(SDA, ROOT))
                        .then(write(disk))));
    byte[] before = Files.readAllBytes(image);

    byte[] read =
        bytes(
            here(DiskAccess.to(image))
                .using(
                    disk ->
                        disk.mount(SDA, ROOT)
                            .then(disk.plain().fill('x', 1 << 20, "/other"))
                            .then(disk.plain().sync())
                            .thenMany(disk.plain().download(FILE.name()))));

    assertThat(read).asString().isEqualTo("content");
    assertThat(Files.readAllBytes(image)).isEqualTo(before);
  }

  private static Mono<Void> write(TypedGuestfs disk) {
    return disk.plain().write(FILE.name(), "content".getBytes(UTF_8));
  }

  private static DiskAccess here(DiskAccess access) {
    String appliance = System.getProperty("guestfs.appliance", "");
    return access.with(
        (GuestfsBuilder builder) ->
            appliance.isEmpty() ? builder : builder.appliance(Path.of(appliance)));
  }
}
