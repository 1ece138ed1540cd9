package io.guestfs.daemon.handler;

import static io.guestfs.daemon.handler.ServedGuest.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.calls.IsBlockdevOptions;
import io.guestfs.calls.IsChardevOptions;
import io.guestfs.calls.IsFifoOptions;
import io.guestfs.calls.IsSocketOptions;
import io.guestfs.calls.StatNS;
import io.guestfs.calls.wire.AttributeDescriptors;
import io.guestfs.calls.wire.FileTypeDescriptors;
import io.guestfs.calls.wire.LinkDescriptors;
import io.guestfs.calls.wire.NodeDescriptors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class NodeHandlerTests {
  private static final int SOCKET = 0140000;

  @RegisterExtension final ServedGuest guest = new ServedGuest();

  @Test
  void aPipeGetsItsModeLessTheUmask() {
    guest.run(NodeDescriptors.MKFIFO, 0777, "/fifo");

    assertThat(guest.call(AttributeDescriptors.STATNS, "/fifo").stMode()).isEqualTo(010755);
    assertFails("EEXIST", () -> guest.run(NodeDescriptors.MKFIFO, 0777, "/fifo"));
  }

  @Test
  void bitsOfATypeBelongToMknodAlone() {
    assertFails("EINVAL", () -> guest.run(NodeDescriptors.MKFIFO, 010777, "/x"));
    assertFails("EINVAL", () -> guest.run(NodeDescriptors.MKNOD_B, 010777, 1, 2, "/x"))
        .hasMessageContaining("010777");
    assertFails("EINVAL", () -> guest.run(NodeDescriptors.MKNOD_C, 020777, 1, 2, "/x"));
    assertFails("EINVAL", () -> guest.run(NodeDescriptors.MKFIFO, -1, "/x"));
    assertFails("EINVAL", () -> guest.run(NodeDescriptors.MKNOD, 0200000, 1, 2, "/x"));

    guest.run(NodeDescriptors.MKNOD, 010644, 0, 0, "/fifo");
    guest.run(NodeDescriptors.MKNOD, 0100600, 0, 0, "/file");

    assertThat(guest.call(FileTypeDescriptors.IS_FIFO, "/fifo")).isTrue();
    assertThat(guest.path("/file")).isEmptyFile();
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "99, 66", "8, 255", "8, 256", "4095, 1048575"})
  void deviceNumbersArriveWhole(int major, int minor) {
    Root.assume("only root makes device nodes");

    guest.run(NodeDescriptors.MKNOD_B, 0600, major, minor, "/block");
    guest.run(NodeDescriptors.MKNOD_C, 0600, major, minor, "/character");

    StatNS block = guest.call(AttributeDescriptors.STATNS, "/block");
    assertThat(block.stMode()).isEqualTo(060600);
    assertThat(block.stRdev() >>> 8 & 0xfff).isEqualTo(major);
    assertThat((block.stRdev() >>> 12 & 0xfff00) | (block.stRdev() & 0xff)).isEqualTo(minor);
    assertThat(guest.call(AttributeDescriptors.STATNS, "/character").stRdev())
        .isEqualTo(block.stRdev());
  }

  @Test
  void deviceNumbersThatAreNoneAreRefused() {
    assertFails("EINVAL", () -> guest.run(NodeDescriptors.MKNOD_B, 0600, 4096, 0, "/x"))
        .hasMessageContaining("4096");
    assertFails("EINVAL", () -> guest.run(NodeDescriptors.MKNOD_C, 0600, 0, -1, "/x"));
    assertFails("EINVAL", () -> guest.run(NodeDescriptors.MKNOD, 020600, 0, 1 << 20, "/x"));
  }

  @Test
  void typesAreThoseOfLinksUnlessFollowed() {
    Root.assume("only root makes device nodes");
    guest.run(NodeDescriptors.MKFIFO, 0600, "/fifo");
    guest.run(NodeDescriptors.MKNOD, SOCKET | 0600, 0, 0, "/socket");
    guest.run(NodeDescriptors.MKNOD_B, 0600, 99, 66, "/block");
    guest.run(NodeDescriptors.MKNOD_C, 0600, 99, 66, "/character");
    for (String name : new String[] {"fifo", "socket", "block", "character"}) {
      guest.run(LinkDescriptors.LN_S, name, "/to" + name);
      assertThat(guest.call(FileTypeDescriptors.IS_SYMLINK, "/to" + name)).isTrue();
      assertThat(guest.call(FileTypeDescriptors.IS_SYMLINK, "/" + name)).isFalse();
    }

    assertThat(guest.call(FileTypeDescriptors.IS_FIFO, "/fifo")).isTrue();
    assertThat(guest.call(FileTypeDescriptors.IS_FIFO, "/socket")).isFalse();
    assertThat(guest.call(FileTypeDescriptors.IS_FIFO, "/tofifo")).isFalse();
    assertThat(
            guest.call(
                FileTypeDescriptors.IS_FIFO,
                IsFifoOptions.defaults().followsymlinks(true),
                "/tofifo"))
        .isTrue();
    assertThat(guest.call(FileTypeDescriptors.IS_SOCKET, "/socket")).isTrue();
    assertThat(
            guest.call(
                FileTypeDescriptors.IS_SOCKET,
                IsSocketOptions.defaults().followsymlinks(true),
                "/tosocket"))
        .isTrue();
    assertThat(guest.call(FileTypeDescriptors.IS_BLOCKDEV, "/block")).isTrue();
    assertThat(guest.call(FileTypeDescriptors.IS_BLOCKDEV, "/character")).isFalse();
    assertThat(
            guest.call(
                FileTypeDescriptors.IS_BLOCKDEV,
                IsBlockdevOptions.defaults().followsymlinks(true),
                "/toblock"))
        .isTrue();
    assertThat(guest.call(FileTypeDescriptors.IS_CHARDEV, "/character")).isTrue();
    assertThat(
            guest.call(
                FileTypeDescriptors.IS_CHARDEV,
                IsChardevOptions.defaults().followsymlinks(true),
                "/tocharacter"))
        .isTrue();
    assertThat(guest.call(FileTypeDescriptors.IS_SYMLINK, "/nothing")).isFalse();
    assertThat(guest.call(FileTypeDescriptors.IS_BLOCKDEV, "/block/below")).isFalse();
  }
}
