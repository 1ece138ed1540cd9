package io.guestfs.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.guestfs.protocol.testing.HexBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.TooLongFrameException;
import java.util.Arrays;

/**
 * Any bytes, arriving in any pieces. The frames that come out, written again, are the start of the
 * bytes that went in.
 *
 * <p>An input is one byte with the size of the pieces, and the stream. The test runs over the
 * inputs in the test resources; {@code JAZZER_FUZZ=1} looks for new ones.
 */
class FrameDecoderFuzzTests {

  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);

  @FuzzTest
  void framesOutAreBytesIn(byte[] input) {
    if (input.length == 0) {
      return;
    }
    int piece = 1 + (input[0] & 0xFF);
    byte[] stream = Arrays.copyOfRange(input, 1, input.length);
    EmbeddedChannel channel = new EmbeddedChannel(new FrameDecoder());
    channel.config().setAllocator(allocator);
    boolean corrupted = feed(channel, stream, piece);

    byte[] decoded = encodeAgain(channel);
    assertThat(decoded).isEqualTo(Arrays.copyOf(stream, decoded.length));
    assertThat(channel.finish()).isFalse();
    assertThat(feedWhole(stream)).isEqualTo(corrupted);
    assertThat(allocator.metric().usedHeapMemory()).isZero();
    assertThat(allocator.metric().usedDirectMemory()).isZero();
  }

  /** Returns whether the decoder found the stream corrupted. */
  private boolean feed(EmbeddedChannel channel, byte[] stream, int piece) {
    for (int start = 0; start < stream.length; start += piece) {
      int length = Math.min(piece, stream.length - start);
      try {
        channel.writeInbound(allocator.buffer(length).writeBytes(stream, start, length));
      } catch (TooLongFrameException | CorruptedFrameException expected) {
        return true;
      }
    }
    return false;
  }

  private boolean feedWhole(byte[] stream) {
    EmbeddedChannel channel = new EmbeddedChannel(new FrameDecoder());
    boolean corrupted = feed(channel, stream, Math.max(1, stream.length));
    channel.finishAndReleaseAll();
    return corrupted;
  }

  private byte[] encodeAgain(EmbeddedChannel channel) {
    ByteBuf bytes = allocator.buffer();
    for (Frame frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
      ByteBuf encoded = encode(allocator, frame);
      bytes.writeBytes(encoded);
      encoded.release();
    }
    return HexBytes.drain(bytes);
  }

  private static ByteBuf encode(ByteBufAllocator allocator, Frame frame) {
    if (frame instanceof Frame.Body body) {
      ByteBuf length = allocator.buffer().writeInt(body.content().readableBytes());
      return Unpooled.wrappedBuffer(length, body.content());
    }
    if (frame instanceof Frame.Progress progress) {
      return Frames.progress(allocator, progress);
    }
    return frame instanceof Frame.Launch
        ? Frames.launchFlag(allocator)
        : Frames.cancelFlag(allocator);
  }
}
