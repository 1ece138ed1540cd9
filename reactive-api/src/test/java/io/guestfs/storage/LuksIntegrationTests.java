package io.guestfs.storage;

import static io.guestfs.storage.StorageMachine.assertFails;
import static io.guestfs.storage.StorageMachine.await;
import static io.guestfs.storage.StorageMachine.get;
import static io.guestfs.storage.StorageMachine.list;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.Guestfs;
import io.guestfs.calls.CryptsetupOpenOptions;
import io.guestfs.calls.value.Key;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Few, and each does much, since every use of a key takes seconds. */
@ExtendWith(StorageMachine.class)
@Timeout(300)
class LuksIntegrationTests {
  private static final CryptsetupOpenOptions LUKS =
      CryptsetupOpenOptions.defaults().crypttype("luks");

  private final Guestfs g;

  LuksIntegrationTests(Guestfs g) {
    this.g = g;
  }

  private final Key key = Key.of("the first key \u00e4\n".toCharArray());
  private final Key other = Key.ofBytes(new byte[] {1, 10, (byte) 0xff});

  @AfterEach
  void wipe() {
    key.close();
    other.close();
  }

  @Test
  void aVolumeHasAsManyKeysAsOneLikes() {
    await(g.luksFormat("/dev/sdb", key, 0));
    assertThat(get(g.vfsType("/dev/sdb"))).isEqualTo("crypto_LUKS");
    assertThat(get(g.luksUuid("/dev/sdb"))).isEqualTo(get(g.vfsUuid("/dev/sdb")));
    await(g.luksAddKey("/dev/sdb", key, other, 3));
    await(g.luksKillSlot("/dev/sdb", other, 0));

    assertFails("", g.cryptsetupOpen("/dev/sdb", key, "crypt"))
        .hasMessageContaining("No key available")
        .hasMessageNotContaining("the first key");
    await(g.cryptsetupOpen("/dev/sdb", other, "crypt"));

    assertThat(list(g.listDmDevices())).containsExactly("/dev/mapper/crypt");
    assertFails("EEXIST", g.cryptsetupOpen("/dev/sdb", other, "crypt"));
    await(g.pvcreate("/dev/mapper/crypt"));
    await(g.vgcreate("VG", List.of("/dev/mapper/crypt")));
    await(g.lvcreate("LV", "VG", 32));
    assertFails("", g.cryptsetupClose("/dev/mapper/crypt")).hasMessageContaining("in use");
    await(g.vgActivateAll(false));
    await(g.cryptsetupClose("/dev/mapper/crypt"));
    assertThat(list(g.listDmDevices())).isEmpty();
  }

  @Test
  @SuppressWarnings("deprecation") // they are to work all the same
  void theOlderCalls() {
    await(g.luksFormatCipher("/dev/sdb", key, 1, "aes-cbc-essiv:sha256"));

    await(g.luksOpenRo("/dev/sdb", key, "old"));
    assertThat(get(g.blockdevGetro("/dev/mapper/old"))).isTrue();
    await(g.luksClose("/dev/mapper/old"));
    await(g.luksOpen("/dev/sdb", key, "old"));
    assertThat(get(g.blockdevGetro("/dev/mapper/old"))).isFalse();
  }

  @Test
  void whatCannotBeIsRefused() {
    assertFails("EINVAL", g.cryptsetupOpen("/dev/sdc", key, "x")).hasMessageContaining("/dev/sdc");
    assertFails("EEXIST", g.cryptsetupOpen("/dev/sdc", key, "control", LUKS));
    assertFails("EINVAL", g.cryptsetupOpen("/dev/sdc", key, "a/b", LUKS));
    assertFails("EINVAL", g.cryptsetupOpen("/dev/sdc", key, "", LUKS));
    assertFails("", g.cryptsetupOpen("/dev/sdc", key, "x", LUKS))
        .hasMessageContaining("cryptsetup");
    assertFails("EINVAL", g.cryptsetupClose("/dev/sdc")).hasMessageContaining("/dev/mapper");
    assertFails("ENOENT", g.cryptsetupClose("/dev/mapper/nothing"));
    assertFails("EINVAL", g.luksFormat("/dev/sdc", key, -1)).hasMessageContaining("-1");
    assertFails("", g.luksFormatCipher("/dev/sdc", key, 0, "rot13")).hasMessageContaining("rot13");
    assertFails("", g.luksUuid("/dev/sdc")).hasMessageContaining("cryptsetup");
  }
}
