package io.guestfs.appliance.disk;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.appliance.DiskFormat;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiskImageSpecTests {

  @ParameterizedTest
  @CsvSource({
    "vmdk, 1, , , , , , format",
    "raw, -1, , , , , , size",
    "qcow2, -2, b, , , , , size",
    "raw, 1, b, , , , , backing",
    "qcow2, 1, , raw, , , , backing",
    "raw, 1, , , metadata, , , preallocation",
    "qcow2, 1, , , some, , , preallocation",
    "raw, 1, , , , 1.1, , compat",
    "qcow2, 1, , , , 2, , compat",
    "raw, 1, , , , , 4096, clustersize",
    "qcow2, 1, , , , , 1000, clustersize",
    "qcow2, 1, , , , , 4194304, clustersize",
  })
  void whatNoImageCanBeIsRefused(
      String format,
      long size,
      @Nullable String backing,
      @Nullable String backingFormat,
      @Nullable String preallocation,
      @Nullable String compat,
      @Nullable Integer clusterSize,
      String named) {
    DiskFormat below = backingFormat == null ? null : DiskFormat.of(backingFormat);
    assertThatThrownBy(
            () ->
                new DiskImageSpec(
                    Path.of("image"),
                    DiskFormat.of(format),
                    size,
                    backing,
                    below,
                    preallocation,
                    compat,
                    clusterSize))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(named);
  }
}
