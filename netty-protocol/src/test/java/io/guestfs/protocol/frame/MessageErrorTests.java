package io.guestfs.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.protocol.testing.BufferLeakExtension;
import io.guestfs.protocol.testing.HexBytes;
import io.guestfs.protocol.xdr.GuestString;
import io.guestfs.protocol.xdr.XdrException;
import io.guestfs.protocol.xdr.XdrReader;
import io.guestfs.protocol.xdr.XdrWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(BufferLeakExtension.class)
class MessageErrorTests {

  private static final String WIRE = "00000006 454E4F454E540000 00000003 2F783F00";

  private static final MessageError VALUE = new MessageError("ENOENT", "/x?");

  @Test
  void isWritten(ByteBufAllocator allocator) {
    assertThat(written(VALUE, allocator)).isEqualTo(HexBytes.bytes(WIRE));
  }

  @Test
  void isRead(ByteBufAllocator allocator) {
    ByteBuf buffer = HexBytes.buffer(allocator, WIRE);
    assertThat(MessageError.read(new XdrReader(buffer))).isEqualTo(VALUE);
    buffer.release();
  }

  @Test
  void nothingMayFollow(ByteBufAllocator allocator) {
    ByteBuf buffer = HexBytes.buffer(allocator, WIRE + "00000000");
    assertThatThrownBy(() -> MessageError.read(new XdrReader(buffer)))
        .isInstanceOf(XdrException.class);
    buffer.release();
  }

  @Test
  void limitsHoldWhenRead(ByteBufAllocator allocator) {
    MessageError largest = new MessageError("E".repeat(32), "x".repeat(65536));
    ByteBuf buffer = allocator.buffer();
    largest.write(new XdrWriter(buffer));
    assertThat(MessageError.read(new XdrReader(buffer.duplicate()))).isEqualTo(largest);

    assertRefused(buffer.clear(), "E".repeat(33), "");
    assertRefused(buffer.clear(), "", "x".repeat(65537));
    buffer.release();
  }

  @Test
  void limitsHoldWhenWritten(ByteBufAllocator allocator) {
    assertThatThrownBy(() -> written(new MessageError("E".repeat(33), ""), allocator))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> written(new MessageError("", "x".repeat(65537)), allocator))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> written(new MessageError("", "\u00E9".repeat(32769)), allocator))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "tar: \uDCE9: cannot open", "\u00E9"})
  void abridgedKeepsWhatFits(String message) {
    assertThat(MessageError.abridged("EINVAL", message))
        .isEqualTo(new MessageError("EINVAL", message));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "\u00E9", "\u20AC", "\uD83D\uDC27", "x\uD83D\uDC27", "\uDCE9\u20AC"})
  void abridgedCutsBetweenCharacters(String unit, ByteBufAllocator allocator) {
    String message = unit.repeat(70_000);
    MessageError abridged = MessageError.abridged("EIO", message);
    assertThat(message).startsWith(abridged.message());
    assertThat(abridged.message().length()).isGreaterThan(20_000);
    assertThat(GuestString.encodedLength(abridged.message())).isLessThanOrEqualTo(65536);
    assertThat(written(abridged, allocator)).isNotEmpty();
  }

  @Test
  void abridgedReplacesNul() {
    assertThat(MessageError.abridged("", "a\0b").message()).isEqualTo("a?b");
  }

  private static byte[] written(MessageError error, ByteBufAllocator allocator) {
    ByteBuf buffer = allocator.buffer();
    try {
      error.write(new XdrWriter(buffer));
      return HexBytes.drain(buffer.retain());
    } finally {
      buffer.release();
    }
  }

  private static void assertRefused(ByteBuf buffer, String errnoName, String message) {
    XdrWriter out = new XdrWriter(buffer);
    out.writeString(errnoName);
    out.writeString(message);
    assertThatThrownBy(() -> MessageError.read(new XdrReader(buffer)))
        .isInstanceOf(XdrException.class)
        .hasMessageContaining("allowed");
  }
}
