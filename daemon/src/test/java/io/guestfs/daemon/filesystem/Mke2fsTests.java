package io.guestfs.daemon.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.calls.Mke2fsOptions;
import io.guestfs.calls.Tune2fsOptions;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class Mke2fsTests {
  private static final Mke2fsOptions NONE = Mke2fsOptions.defaults();

  @Test
  void nothingIsAskedForThatWasNotGiven() {
    assertThat(Mke2fs.arguments(NONE, null)).isEmpty();
    assertThat(Mke2fs.arguments(NONE.forcecreate(false).testfs(false).quotatype(false), null))
        .isEmpty();
  }

  @Test
  void numbersAndNames() {
    Mke2fsOptions options =
        NONE.blocksize(4096)
            .fragsize(1024)
            .blockspergroup(8192)
            .numberofgroups(16)
            .bytesperinode(16384)
            .inodesize(256)
            .numberofinodes(100)
            .reservedblockspercentage(0)
            .label("boot")
            .lastmounteddir("/mnt")
            .creatoros("Linux")
            .fstype("ext4")
            .usagetype("largefile")
            .uuid("random")
            .forcecreate(true)
            .writesbandgrouponly(true);

    assertThat(String.join(" ", Mke2fs.arguments(options, null)))
        .isEqualTo(
            "-F -S -t ext4 -T largefile -b 4096 -f 1024 -g 8192 -G 16 -i 16384 -I 256 -N 100 -m 0"
                + " -L boot -M /mnt -o Linux -U random");
  }

  /** Given twice, the second of these options would replace the first. */
  @Test
  void whatSharesAnOptionIsGivenInOne() {
    Mke2fsOptions options =
        NONE.journalsize(8)
            .stridesize(4)
            .stripewidth(8)
            .maxonlineresize(100_000)
            .mmpupdateinterval(5)
            .lazyitableinit(false)
            .lazyjournalinit(true)
            .testfs(true)
            .discard(false)
            .quotatype(true)
            .extent(true)
            .filetype(false)
            .flexbg(true)
            .hasjournal(false)
            .largefile(true)
            .quota(true)
            .resizeinode(false)
            .sparsesuper(true)
            .uninitbg(false);

    assertThat(Mke2fs.arguments(options, "/dev/sdb"))
        .containsExactly(
            "-J",
            "size=8,device=/dev/sdb",
            "-E",
            "stride=4,stripe_width=8,resize=100000,mmp_update_interval=5,lazy_itable_init=0,"
                + "lazy_journal_init=1,test_fs,nodiscard,quotatype=usrquota:grpquota",
            "-O",
            "extent,^filetype,flex_bg,^has_journal,large_file,quota,^resize_inode,sparse_super,"
                + "^uninit_bg");
    assertThat(Mke2fs.arguments(NONE.journaldev(true), null)).containsExactly("-O", "journal_dev");
  }

  @Test
  void negativeNumbersAndLongLabelsAreRefused() {
    assertRefused(() -> Mke2fs.arguments(NONE.blocksize(-1), null), "blocksize -1");
    assertRefused(() -> Mke2fs.arguments(NONE.journalsize(-2), null), "journalsize -2");
    assertRefused(() -> Mke2fs.arguments(NONE.label("é".repeat(9)), null), "has 18 bytes");
  }

  @Test
  void tune2fsTakesSecondsWhereItsProgramTakesDays() {
    Tune2fsOptions options =
        Tune2fsOptions.defaults()
            .force(true)
            .maxmountcount(0)
            .mountcount(3)
            .errorbehavior("remount-ro")
            .group(1)
            .intervalbetweenchecks(86_400)
            .reservedblockspercentage(2)
            .lastmounteddirectory("/mnt")
            .reservedblockscount(10)
            .user(2);

    assertThat(String.join(" ", Tune2fs.arguments(options)))
        .isEqualTo("-f -c 0 -C 3 -e remount-ro -g 1 -i 86400s -m 2 -M /mnt -r 10 -u 2");
    assertThat(Tune2fs.arguments(Tune2fsOptions.defaults())).isEmpty();
    assertRefused(
        () -> Tune2fs.arguments(Tune2fsOptions.defaults().errorbehavior("ignore")), "ignore");
    assertRefused(
        () -> Tune2fs.arguments(Tune2fsOptions.defaults().intervalbetweenchecks(-1)),
        "intervalbetweenchecks -1");
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            CallException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL))
        .hasMessageContaining(message);
  }
}
