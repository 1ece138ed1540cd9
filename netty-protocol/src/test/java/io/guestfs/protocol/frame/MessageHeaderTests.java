package io.guestfs.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.protocol.testing.BufferLeakExtension;
import io.guestfs.protocol.testing.HexBytes;
import io.guestfs.protocol.xdr.XdrException;
import io.guestfs.protocol.xdr.XdrReader;
import io.guestfs.protocol.xdr.XdrWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(BufferLeakExtension.class)
class MessageHeaderTests {

  private static final String EVERY_FIELD =
      """
      2000F5F5 00000004 00000116 00000001 FFFFFFFE
      0123456789ABCDEF 800000000000001F 00000001
      """;

  private static final MessageHeader EVERY_FIELD_VALUE =
      new MessageHeader(
          278, Direction.REPLY, -2, 0x0123_4567_89AB_CDEFL, 1L << 63 | 0x1F, Status.ERROR);

  @Test
  void isWritten(ByteBufAllocator allocator) {
    ByteBuf buffer = allocator.buffer();
    EVERY_FIELD_VALUE.write(new XdrWriter(buffer));
    assertThat(buffer.readableBytes()).isEqualTo(MessageHeader.SIZE);
    assertThat(HexBytes.drain(buffer)).isEqualTo(HexBytes.bytes(EVERY_FIELD));
  }

  @Test
  void isRead(ByteBufAllocator allocator) {
    ByteBuf buffer = HexBytes.buffer(allocator, EVERY_FIELD);
    XdrReader in = new XdrReader(buffer);
    assertThat(MessageHeader.read(in)).isEqualTo(EVERY_FIELD_VALUE);
    in.finish();
    buffer.release();
  }

  @Test
  void replyRepeatsProcedureAndSerial() {
    assertThat(MessageHeader.call(92, 7, 1).reply(Status.ERROR))
        .isEqualTo(new MessageHeader(92, Direction.REPLY, 7, 0, 0, Status.ERROR));
  }

  @Test
  void isRefusedWhenCutShortAnywhere(ByteBufAllocator allocator) {
    for (int length = 0; length < MessageHeader.SIZE; length++) {
      ByteBuf buffer = HexBytes.buffer(allocator, EVERY_FIELD);
      XdrReader in = new XdrReader(buffer.writerIndex(length));
      assertThatThrownBy(() -> MessageHeader.read(in)).isInstanceOf(XdrException.class);
      buffer.release();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 2000F5F6, 'program at offset 0: 0x2000f5f6 instead of 0x2000f5f5'",
    "4, 00000005, 'protocol version at offset 4: 0x5 instead of 0x4'",
    "12, 00000002, 'direction at offset 12: 2 is not one of [CALL, REPLY]'",
    "36, FFFFFFFF, 'status at offset 36: -1 is not one of [OK, ERROR]'",
  })
  void wordThatMakesNoSense(int offset, String word, String problem, ByteBufAllocator allocator) {
    ByteBuf buffer = HexBytes.buffer(allocator, EVERY_FIELD);
    buffer.setBytes(offset, HexBytes.bytes(word));
    assertThatThrownBy(() -> MessageHeader.read(new XdrReader(buffer)))
        .isInstanceOf(XdrException.class)
        .hasMessage(problem);
    buffer.release();
  }
}
