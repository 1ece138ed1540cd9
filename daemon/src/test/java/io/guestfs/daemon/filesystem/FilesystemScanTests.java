package io.guestfs.daemon.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilesystemScanTests {
  @ParameterizedTest
  @CsvSource({
    "dos, 0x83, true",
    "dos, 0x5, false",
    "dos, 0xf, false",
    "gpt, 0fc63daf-8483-4772-8e79-3d69d8477de4, true",
    "gpt, e3c9e316-0b5c-4db8-817d-f92df00215ae, false",
    "mac, Apple_HFS, true"
  })
  void someKindsOfPartitionsHoldNoFileSystem(String scheme, String type, boolean expected) {
    Map<String, String> tags = Map.of("PART_ENTRY_SCHEME", scheme, "PART_ENTRY_TYPE", type);

    assertThat(FilesystemScan.canHoldFileSystem(tags)).isEqualTo(expected);
  }

  @Test
  void whatIsNoPartitionMayHoldOne() {
    assertThat(FilesystemScan.canHoldFileSystem(Map.of("TYPE", "ext4"))).isTrue();
    assertThat(FilesystemScan.canHoldFileSystem(Map.of())).isTrue();
  }
}
