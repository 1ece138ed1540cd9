package io.guestfs.daemon.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BlkidTests {
  @Test
  void valuesAreWrittenForAShell() {
    assertThat(Blkid.unescape("a\\ b\\\"\\$\\\\c")).isEqualTo("a b\"$\\c");
    assertThat(Blkid.unescape("plain")).isEqualTo("plain");
  }

  @Test
  void readsOneBlockForEachDevice() {
    // Nothing was recognised on the whole disk, of which there is only the empty line.
    Map<String, Map<String, String>> devices =
        Blkid.parse(
            """

            DEVNAME=/dev/sda1
            PART_ENTRY_SCHEME=gpt
            PART_ENTRY_TYPE=0fc63daf-8483-4772-8e79-3d69d8477de4

            DEVNAME=/dev/sda2
            TYPE=ext4
            PART_ENTRY_SCHEME=dos
            PART_ENTRY_TYPE=0x83
            """);

    assertThat(devices).containsOnlyKeys("/dev/sda1", "/dev/sda2");
    assertThat(devices.get("/dev/sda1"))
        .containsOnly(
            entry("PART_ENTRY_SCHEME", "gpt"),
            entry("PART_ENTRY_TYPE", "0fc63daf-8483-4772-8e79-3d69d8477de4"));
    assertThat(devices.get("/dev/sda2")).containsEntry("TYPE", "ext4");
  }

  @Test
  void nothingRecognisedIsNothing() {
    assertThat(Blkid.parse("")).isEmpty();
  }
}
