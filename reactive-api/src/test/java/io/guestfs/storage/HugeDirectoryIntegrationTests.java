package io.guestfs.storage;

import static io.guestfs.storage.StorageMachine.assertFails;
import static io.guestfs.storage.StorageMachine.await;
import static io.guestfs.storage.StorageMachine.get;
import static io.guestfs.storage.StorageMachine.list;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.Guestfs;
import io.guestfs.TreeEntry;
import io.guestfs.calls.Dirent;
import io.guestfs.calls.StatNS;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A directory of ten or a hundred thousand files: all that lists it gives them all, in order, or
 * says what does.
 */
@ExtendWith(StorageMachine.class)
@Timeout(600)
class HugeDirectoryIntegrationTests {

  private static final boolean LONG = Boolean.getBoolean("guestfs.long");
  private static final int ENTRIES = LONG ? 100_000 : 10_000;

  private static final List<String> NAMES =
      IntStream.range(0, ENTRIES).mapToObj(i -> String.format(Locale.ROOT, "%08d", i)).toList();

  private final Guestfs g;

  HugeDirectoryIntegrationTests(Guestfs g) {
    this.g = g;
  }

  @Test
  void isListedWhole() {
    await(g.mkfs("xfs", "/dev/sda"));
    await(g.mount("/dev/sda", "/"));
    await(g.mkdir("/huge"));
    await(g.fillDir("/huge", ENTRIES));

    assertThat(list(g.ls("/huge"))).isEqualTo(NAMES);
    assertThat(list(g.readdir("/huge").map(Dirent::name).skip(2).sort())).isEqualTo(NAMES);
    assertThat(list(g.find("/huge"))).isEqualTo(NAMES);
    assertThat(list(g.globExpand("/huge/*99"))).hasSize(ENTRIES / 100);
    assertThat(list(g.lstatnslist("/huge", NAMES).map(StatNS::stSize))).hasSize(ENTRIES);
    assertThat(list(g.walk("/huge").map(TreeEntry::path)))
        .isEqualTo(NAMES.stream().map("/huge/"::concat).toList());
    if (LONG) {
      assertFails("E2BIG", g.ll("/huge")).hasMessageContaining("use walk, or ls0, which stream");
    } else {
      assertThat(get(g.ll("/huge")).lines().filter(line -> line.startsWith("-rw")))
          .hasSize(ENTRIES);
    }
    await(g.rmRf("/huge"));
    assertThat(list(g.ls("/"))).isEmpty();
  }
}
