package io.guestfs.daemon.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ExtSuperblockTests {
  private static final String OUTPUT =
      """
      tune2fs 1.47.0 (5-Feb-2023)
      Filesystem volume name:   <none>
      Last mounted on:          <not available>
      Filesystem magic number:  0xEF53
      Block size:               1024
      Filesystem created:       Thu Jan  1 00:00:00 1970
      Check interval:           0 (<none>)
      Journal backup:           (none)
      """;

  @Test
  void fieldsAreKeptInOrder() {
    ExtSuperblock superblock = ExtSuperblock.parse(OUTPUT);

    assertThat(superblock.fields())
        .containsExactly(
            Map.entry("Filesystem volume name", ""),
            Map.entry("Last mounted on", ""),
            Map.entry("Filesystem magic number", "0xEF53"),
            Map.entry("Block size", "1024"),
            Map.entry("Filesystem created", "Thu Jan  1 00:00:00 1970"),
            Map.entry("Check interval", "0 (<none>)"),
            Map.entry("Journal backup", ""));
    assertThat(superblock.blockSize()).isEqualTo(1024);
  }
}
