package io.guestfs.storage;

import static io.guestfs.storage.StorageMachine.assertFails;
import static io.guestfs.storage.StorageMachine.await;
import static io.guestfs.storage.StorageMachine.bytes;
import static io.guestfs.storage.StorageMachine.get;
import static io.guestfs.storage.StorageMachine.list;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.Guestfs;
import io.guestfs.calls.StatNS;
import io.guestfs.protocol.xdr.GuestString;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;

/** What files are like on file systems that differ. */
@ExtendWith(StorageMachine.class)
@Timeout(600)
class FileSemanticsIntegrationTests {
  private static final String DEVICE = "/dev/sda1";
  private static final long MEGABYTE = 1024L * 1024L;
  private static final long GIGABYTE = 1024 * MEGABYTE;
  private static final int PERMISSIONS = 07777;
  private static final int SOMEBODY = 1000;

  enum Type {
    EXT4,
    XFS,
    VFAT,
    NTFS;

    String fstype() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether owners, permissions, devices and links of all kinds are on the disk. */
    boolean isUnix() {
      return this == EXT4 || this == XFS;
    }
  }

  private final Guestfs g;

  FileSemanticsIntegrationTests(Guestfs g) {
    this.g = g;
  }

  @ParameterizedTest
  @EnumSource
  void names(Type type) {
    mount(type);
    List<String> names = new ArrayList<>(List.of("a b", "-x", "üö€😀", "n".repeat(255)));
    if (type != Type.VFAT) {
      names.addAll(List.of("new\nline\n", "tab\t*?"));
    }
    String latin = GuestString.decode(new byte[] {'c', (byte) 0xe9, 'f'});
    if (type.isUnix()) {
      names.add(latin);
    }

    for (String name : names) {
      await(g.write("/" + name, name.getBytes(UTF_8)));
      assertThat(get(g.readFile("/" + name))).isEqualTo(name.getBytes(UTF_8));
    }
    assertThat(list(g.ls("/"))).containsAll(names);
    assertThat(list(g.find("/"))).containsAll(names);
    if (type == Type.VFAT) {
      assertFails("EINVAL", g.touch("/new\nline"));
    }
    if (!type.isUnix()) {
      assertFails(type == Type.VFAT ? "EINVAL" : "EILSEQ", g.touch("/" + latin));
    }
    assertFails("ENAMETOOLONG", g.touch("/" + "n".repeat(256)));
    for (String name : names) {
      await(g.rm("/" + name));
    }
    assertThat(list(g.ls("/"))).doesNotContainAnyElementsOf(names);
  }

  @ParameterizedTest
  @EnumSource
  void linksAndNodes(Type type) {
    mount(type);
    await(g.touch("/file"));
    if (type == Type.VFAT) {
      assertFails("EPERM", g.ln("/file", "/hard"));
      assertFails("EPERM", g.lnS("/file", "/soft"));
      assertFails("EPERM", g.mkfifo(0600, "/fifo"));
      return;
    }

    await(g.ln("/file", "/hard"));
    await(g.lnS("/file", "/soft"));
    await(g.mkfifo(0600, "/fifo"));
    await(g.mknodC(0600, 5, 1, "/character"));
    await(g.mknodB(0600, 8, 17, "/block"));

    assertThat(get(g.lstatns("/hard")).stNlink()).isEqualTo(2);
    assertThat(get(g.lstatns("/hard")).stIno()).isEqualTo(get(g.lstatns("/file")).stIno());
    assertThat(get(g.readlink("/soft"))).isEqualTo("/file");
    assertThat(get(g.isFifo("/fifo"))).isTrue();
    assertThat(get(g.isChardev("/character"))).isTrue();
    assertThat(get(g.lstatns("/block")).stRdev()).isEqualTo(8 << 8 | 17);
    // None of them is opened, whatever it leads to.
    assertFails("EINVAL", g.cat("/fifo"));
    assertFails("EINVAL", g.cat("/character"));
  }

  @ParameterizedTest
  @EnumSource
  void permissions(Type type) {
    mount(type);
    int before = get(g.umask(027));
    try {
      await(g.touch("/file"));
      await(g.mkdir("/directory"));
    } finally {
      await(g.umask(before));
    }

    if (type.isUnix()) {
      assertThat(mode("/file")).isEqualTo(0640);
      assertThat(mode("/directory")).isEqualTo(0750);
      await(g.chmod(04755, "/file"));
      await(g.chown(SOMEBODY, SOMEBODY + 1, "/file"));
      // A change of the owner takes the bit away that would have made it another's program.
      assertThat(mode("/file")).isEqualTo(0755);
      StatNS status = get(g.lstatns("/file"));
      assertThat(status.stUid()).isEqualTo(SOMEBODY);
      assertThat(status.stGid()).isEqualTo(SOMEBODY + 1);
    } else if (type == Type.VFAT) {
      assertThat(mode("/file")).isEqualTo(0755);
      assertFails("EPERM", g.chown(SOMEBODY, SOMEBODY, "/file"));
      await(g.chmod(0555, "/file"));
      assertThat(mode("/file")).isEqualTo(0555);
    } else {
      assertThat(mode("/file")).isEqualTo(0777);
    }
  }

  @ParameterizedTest
  @EnumSource
  void sparseFilesBeyondFourGigabytes(Type type) {
    mount(type);
    await(g.touch("/sparse"));
    if (type == Type.VFAT) {
      assertFails("EFBIG", g.truncateSize("/sparse", 4 * GIGABYTE));
      return;
    }

    await(g.truncateSize("/sparse", 5 * GIGABYTE));
    assertThat(get(g.pwrite("/sparse", "end".getBytes(UTF_8), 5 * GIGABYTE))).isEqualTo(3);

    StatNS status = get(g.lstatns("/sparse"));
    assertThat(status.stSize()).isEqualTo(5 * GIGABYTE + 3);
    assertThat(status.stBlocks() * 512).isLessThan(MEGABYTE);
    assertThat(get(g.pread("/sparse", 8, 5 * GIGABYTE - 2))).isEqualTo("\0\0end".getBytes(UTF_8));
    assertThat(bytes(g.downloadOffset("/sparse", 5 * GIGABYTE, 100)))
        .isEqualTo("end".getBytes(UTF_8));
  }

  /** Four gigabytes go through the channel twice. */
  @ParameterizedTest
  @EnumSource(names = {"EXT4", "XFS", "NTFS"})
  @EnabledIfSystemProperty(named = "guestfs.long", matches = "true")
  void everyByteOfMoreThanFourGigabytes(Type type) {
    mount(type);
    await(g.touch("/sparse"));
    await(g.truncateSize("/sparse", 4 * GIGABYTE + 1));
    await(g.pwrite("/sparse", new byte[] {'x'}, 4 * GIGABYTE));

    Long size =
        g.download("/sparse")
            .map(piece -> (long) piece.remaining())
            .reduce(0L, Long::sum)
            .block(Duration.ofMinutes(9));

    assertThat(size).isEqualTo(4 * GIGABYTE + 1);
  }

  @ParameterizedTest
  @EnumSource
  void noSpaceLeft(Type type) {
    mount(type);
    fillUpTo(type, 2 * MEGABYTE);
    byte[] piece = filled(64 * 1024);

    assertFails("ENOSPC", g.upload(pieces(piece, 200), "/upload"));
    assertFails("ENOSPC", g.fillPattern("pattern", (int) (12 * MEGABYTE), "/pattern"));

    byte[] uploaded = bytes(g.download("/upload"));
    assertThat(uploaded).isNotEmpty();
    assertThat(Arrays.equals(uploaded, filled(uploaded.length))).isTrue();
    await(g.rm("/upload"));
    await(g.rmF("/pattern"));
    await(g.write("/small", "small".getBytes(UTF_8)));
    await(g.sync());
    assertThat(get(g.cat("/small"))).isEqualTo("small");
  }

  @ParameterizedTest
  @EnumSource
  void readOnly(Type type) {
    mount(type);
    await(g.write("/file", "content".getBytes(UTF_8)));
    await(g.umountAll());

    await(g.mountRo(device(type), "/"));

    assertThat(get(g.cat("/file"))).isEqualTo("content");
    assertFails("EROFS", g.write("/file", new byte[1]));
    assertFails("EROFS", g.touch("/new"));
    assertFails("EROFS", g.rm("/file"));
    assertFails("EROFS", g.mkdir("/directory"));
    assertFails("EROFS", g.chmod(0600, "/file"));
    assertFails("EROFS", g.upload(pieces(new byte[1], 1), "/upload"));
    await(g.sync());
  }

  private void mount(Type type) {
    if (type == Type.XFS) {
      await(g.partDisk("/dev/sda", "gpt"));
    }
    await(g.mkfs(type.fstype(), device(type)));
    await(g.mount(device(type), "/"));
  }

  /** Small is fast; xfs is large. */
  private static String device(Type type) {
    return type == Type.XFS ? DEVICE : "/dev/sdc";
  }

  private void fillUpTo(Type type, long left) {
    if (type == Type.XFS) {
      long free = get(g.statvfs("/")).bavail() * get(g.statvfs("/")).bsize();
      await(g.fallocate64("/filler", free - left));
    }
  }

  private static byte[] filled(int size) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) 'x');
    return bytes;
  }

  private int mode(String path) {
    return (int) get(g.lstatns(path)).stMode() & PERMISSIONS;
  }

  private static Flux<ByteBuffer> pieces(byte[] piece, int count) {
    return Flux.range(0, count).map(i -> ByteBuffer.wrap(piece));
  }
}
