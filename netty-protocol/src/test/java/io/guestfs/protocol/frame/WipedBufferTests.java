package io.guestfs.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.protocol.xdr.XdrException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WipedBufferTests {

  private static final ByteBufAllocator ALLOCATOR = UnpooledByteBufAllocator.DEFAULT;
  private static final MessageHeader LUKS_OPEN = MessageHeader.call(257, 1, 0);
  private static final byte[] SECRET = "secret".getBytes(StandardCharsets.US_ASCII);

  @Test
  void nothingIsLeftWhenItIsReleased() {
    ByteBuffer memory = ByteBuffer.allocateDirect(64);
    ByteBuf buffer = new WipedBuffer(ALLOCATOR, memory).writeBytes(SECRET);
    assertThat(memory.get(0)).isEqualTo((byte) 's');

    ByteBuf slice = buffer.retainedSlice();
    buffer.release();
    assertThat(memory.get(0)).isEqualTo((byte) 's');

    slice.release();
    assertThat(memory).isEqualTo(ByteBuffer.allocate(64));
  }

  @Test
  void itsMemoryDoesNotMove() {
    ByteBuf buffer = new WipedBuffer(ALLOCATOR, ByteBuffer.allocateDirect(8));
    assertThat(buffer.maxWritableBytes()).isEqualTo(8);
    assertThat(buffer.isDirect()).isTrue();
    buffer.release();
  }

  @Test
  void aSecretMessageHasTheBytesOfAnyOther() {
    ByteBuf secret = Frames.secretMessage(ALLOCATOR, LUKS_OPEN, out -> out.writeOpaque(SECRET));
    ByteBuf plain =
        Frames.message(
            ALLOCATOR, LUKS_OPEN, ProtocolConstants.MESSAGE_MAX, out -> out.writeString("secret"));
    assertThat(secret).isInstanceOf(WipedBuffer.class).isEqualTo(plain);
    secret.release();
    plain.release();
  }

  @Test
  void aSecretThatDoesNotFitIsRefused() {
    assertThatThrownBy(
            () ->
                Frames.secretMessage(
                    ALLOCATOR,
                    LUKS_OPEN,
                    out -> out.writeOpaque(new byte[Frames.SECRET_MESSAGE_MAX])))
        .isInstanceOf(XdrException.class);
  }
}
