package io.guestfs.daemon.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.daemon.error.CallException;
import org.junit.jupiter.api.Test;

/** What btrfs-progs 6.2 writes. */
class BtrfsSubvolumesTests {
  private static final String SUBVOLUMES =
      """
      ID 256 gen 7 top level 5 path @
      ID 257 gen 7 top level 5 path @home dir
      ID 258 gen 7 top level 5 path a/b
      ID 259 gen 7 top level 256 path @/in
      """;

  @Test
  void theTopIsMostlyTheDefault() {
    assertThat(BtrfsSubvolumes.parse(SUBVOLUMES, "ID 5 (FS_TREE)\n"))
        .containsExactly("@", "@home dir", "a/b", "@/in");
  }

  @Test
  void anotherDefaultIsLeftOut() {
    assertThat(BtrfsSubvolumes.parse(SUBVOLUMES, "ID 256 gen 7 top level 5 path @\n"))
        .containsExactly("@home dir", "a/b", "@/in");
  }

  @Test
  void whatIsNotUnderstoodIsAnError() {
    assertThatThrownBy(() -> BtrfsSubvolumes.parse(SUBVOLUMES, "none\n"))
        .isInstanceOf(CallException.class)
        .hasMessageContaining("not understood");
  }
}
