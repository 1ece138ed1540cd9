package io.guestfs.daemon.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.calls.MkfsOptions;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MkfsSyntaxTests {
  private static final MkfsOptions NONE = MkfsOptions.defaults();

  @ParameterizedTest
  @CsvSource({
    "ext2, -F",
    "xfs, -f",
    "btrfs, -f",
    "vfat, -I --mbr=n",
    "ntfs, -Q -F",
    "f2fs, -f",
    "jfs, -q",
    "reiserfs, -q -f -f"
  })
  void noProgramAsksQuestions(String fstype, String expected) {
    assertThat(arguments(fstype, NONE)).containsExactly(expected.split(" "));
  }

  @Test
  void extTakesAllButSectors() {
    MkfsOptions options =
        NONE.blocksize(1024).features("^has_journal,metadata_csum").inode(256).label("boot");

    assertThat(arguments("ext4", options))
        .containsExactly(
            "-F", "-b", "1024", "-O", "^has_journal,metadata_csum", "-I", "256", "-L", "boot");
    assertRefused("ext4", NONE.sectorsize(512), "mkfs.ext4 cannot be given a sector size");
  }

  @Test
  void xfsNamesItsSizes() {
    assertThat(arguments("xfs", NONE.blocksize(4096).inode(512).sectorsize(512)))
        .containsExactly("-f", "-b", "size=4096", "-i", "size=512", "-s", "size=512");
    assertRefused("xfs", NONE.features("crc"), "mkfs.xfs cannot be given a list of features");
  }

  @Test
  void aBlockOfFatIsAClusterOfSectors() {
    assertThat(arguments("vfat", NONE.blocksize(4096))).contains("-s", "8");
    assertThat(arguments("msdos", NONE.blocksize(4096).sectorsize(4096)))
        .containsSubsequence("-s", "1", "-S", "4096");
    assertThat(MkfsSyntax.of("fat").arguments("fat", NONE.blocksize(8192), 4096))
        .contains("-s", "2");
    assertRefused("vfat", NONE.blocksize(131072), "a cluster of vfat has 1 to 128 sectors");
    assertRefused("vfat", NONE.blocksize(256), "a cluster of vfat has 1 to 128 sectors");
  }

  @Test
  void ntfsTakesAClusterSizeInBytes() {
    assertThat(arguments("ntfs", NONE.blocksize(8192).label("data")))
        .containsExactly("-Q", "-F", "-c", "8192", "-L", "data");
  }

  @Test
  void btrfsHasNoBlockSize() {
    assertRefused("btrfs", NONE.blocksize(4096), "mkfs.btrfs cannot be given a block size");
    assertThat(arguments("btrfs", NONE.sectorsize(4096).features("no-holes")))
        .containsExactly("-f", "-O", "no-holes", "-s", "4096");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -4096, 1000, Integer.MIN_VALUE})
  void aBlockSizeIsAPowerOfTwo(int blocksize) {
    assertRefused("ext2", NONE.blocksize(blocksize), "is not a power of two");
    assertRefused("vfat", NONE.blocksize(blocksize), "is not a power of two");
  }

  @Test
  void otherSizesArePositive() {
    assertRefused("ext2", NONE.inode(0), "inode 0 is not positive");
    assertRefused("xfs", NONE.sectorsize(-1), "sectorsize -1 is not positive");
    assertRefused("vfat", NONE.sectorsize(0).blocksize(4096), "sectorsize 0 is not positive");
  }

  @ParameterizedTest
  @CsvSource({"ext4, 16", "xfs, 12", "vfat, 11"})
  void aLabelHasALimit(String fstype, int limit) {
    assertThat(arguments(fstype, NONE.label("x".repeat(limit)))).contains("x".repeat(limit));
    assertRefused(fstype, NONE.label("x".repeat(limit + 1)), "at most " + limit);
    assertRefused(fstype, NONE.label("ä".repeat(limit)), (2 * limit) + " bytes");
  }

  @Test
  void anEmptyLabelIsNotTakenForTheNextArgument() {
    assertThat(arguments("ext2", NONE.label(""))).containsExactly("-F", "-L", "");
  }

  @Test
  void aProgramOfWhichNothingIsKnownTakesNoOptions() {
    assertThat(arguments("minix", NONE)).isEmpty();
    assertRefused("minix", NONE.label("x"), "mkfs.minix cannot be given a label");
    assertRefused("minix", NONE.blocksize(1024), "mkfs.minix cannot be given a block size");
  }

  private static List<String> arguments(String fstype, MkfsOptions options) {
    return MkfsSyntax.of(fstype).arguments(fstype, options, 512);
  }

  private static void assertRefused(String fstype, MkfsOptions options, String why) {
    assertThatThrownBy(() -> arguments(fstype, options))
        .isInstanceOfSatisfying(CallException.class, e -> assertThat(e.is(Errno.EINVAL)).isTrue())
        .hasMessageContaining(why);
  }
}
