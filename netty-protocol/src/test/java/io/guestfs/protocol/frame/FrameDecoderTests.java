package io.guestfs.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.protocol.testing.BufferLeakExtension;
import io.guestfs.protocol.testing.HexBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(BufferLeakExtension.class)
class FrameDecoderTests {

  private static final int RANDOM_STREAMS = 150;

  /** Everything that can be said, in the order of a conversation. */
  private static final List<String> CONVERSATION =
      List.of(
          WireExamples.LAUNCH,
          WireExamples.PING_REPLY,
          WireExamples.MKDIR_ERROR,
          WireExamples.PROGRESS,
          WireExamples.PROGRESS,
          WireExamples.MKFS_CALL,
          WireExamples.CHUNK,
          WireExamples.CANCEL,
          WireExamples.CANCEL_CHUNK,
          WireExamples.END_OF_FILE);

  private static final byte[] STREAM = HexBytes.bytes(String.join("", CONVERSATION));

  private static final List<String> FRAMES =
      List.of(
          new Frame.Launch().toString(),
          body(WireExamples.PING_REPLY),
          body(WireExamples.MKDIR_ERROR),
          new Frame.Progress(66, 0x123403, 5, 1L << 32).toString(),
          new Frame.Progress(66, 0x123403, 5, 1L << 32).toString(),
          body(WireExamples.MKFS_CALL),
          body(WireExamples.CHUNK),
          new Frame.Cancel().toString(),
          body(WireExamples.CANCEL_CHUNK),
          body(WireExamples.END_OF_FILE));

  @Test
  void wholeStreamAtOnce(ByteBufAllocator allocator) {
    assertThat(decode(allocator, STREAM)).isEqualTo(FRAMES);
  }

  @Test
  void streamOneByteAtATime(ByteBufAllocator allocator) {
    int[] cuts = new int[STREAM.length - 1];
    for (int i = 0; i < cuts.length; i++) {
      cuts[i] = i + 1;
    }
    assertThat(decode(allocator, STREAM, cuts)).isEqualTo(FRAMES);
  }

  @Test
  void streamSplitAtEveryPosition(ByteBufAllocator allocator) {
    for (int cut = 1; cut < STREAM.length; cut++) {
      assertThat(decode(allocator, STREAM, cut)).as("cut at %d", cut).isEqualTo(FRAMES);
    }
  }

  @Test
  void streamSplitAtRandom(ByteBufAllocator allocator) {
    long seed = System.nanoTime();
    System.out.println("streamSplitAtRandom: seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < RANDOM_STREAMS; i++) {
      int[] cuts =
          random.ints(1 + random.nextInt(40), 1, STREAM.length).sorted().distinct().toArray();
      assertThat(decode(allocator, STREAM, cuts)).isEqualTo(FRAMES);
    }
  }

  @Test
  void bodyIsNotCopied(ByteBufAllocator allocator) {
    EmbeddedChannel channel = channel(allocator, new FrameDecoder());
    ByteBuf received = HexBytes.buffer(allocator, WireExamples.CHUNK + WireExamples.END_OF_FILE);
    channel.writeInbound(received.retain());
    Frame.Body body = channel.readInbound();
    Chunk chunk = Chunk.read(body.content());
    received.setByte(12, 'j');
    assertThat(HexBytes.drain(chunk.data())).isEqualTo(HexBytes.bytes("6A656C6C6F"));
    received.release();
    channel.finishAndReleaseAll();
    assertThat(received.refCnt()).isZero();
  }

  @Test
  void replacedBodyIsBody(ByteBufAllocator allocator) {
    Frame.Body body = new Frame.Body(HexBytes.buffer(allocator, "00"));
    assertThat(body.copy())
        .isInstanceOf(Frame.Body.class)
        .extracting(Frame.Body.class::cast)
        .satisfies(copy -> assertThat(HexBytes.drain(copy.content())).isEqualTo(new byte[1]));
    body.release();
  }

  @ParameterizedTest
  @CsvSource({
    "00400001, 4194305",
    "00400004, 4194308",
    "7FFFFFFC, 2147483644",
    "7FFFFFFF, 2147483647",
    "80000000, 2147483648",
    "FFFFFFFC, 4294967292",
    "FFFFFFFF, 4294967295",
    // Next to the flags.
    "F5F55FF4, 4126498804",
    "FFFFEEEF, 4294962927",
    "FFFF5554, 4294923604",
  })
  void lengthOverTheLimit(String word, String length, ByteBufAllocator allocator) {
    assertCorrupted(
        allocator,
        word,
        TooLongFrameException.class,
        "a frame of " + length + " bytes, at most 4194304 allowed");
  }

  @ParameterizedTest
  @CsvSource({"00000000, 0", "00000004, 4", "00000009, 9", "0000000B, 11", "003FFFFF, 4194303"})
  void lengthOfNothingThatExists(String word, String length, ByteBufAllocator allocator) {
    assertCorrupted(
        allocator,
        word,
        CorruptedFrameException.class,
        "a frame of " + length + " bytes is neither message nor chunk");
  }

  @Test
  void limitThatWasAgreedOn(ByteBufAllocator allocator) {
    EmbeddedChannel channel = channel(allocator, new FrameDecoder(12));
    assertThat(
            channel.writeInbound(HexBytes.buffer(allocator, "0000000C 00000000 00000001 01000000")))
        .isTrue();
    assertThatThrownBy(() -> channel.writeInbound(HexBytes.buffer(allocator, "00000010")))
        .isInstanceOf(TooLongFrameException.class);
    channel.finishAndReleaseAll();
  }

  @Test
  void largestFrame(ByteBufAllocator allocator) {
    EmbeddedChannel channel = channel(allocator, new FrameDecoder());
    channel.writeInbound(HexBytes.buffer(allocator, "00400000"));
    channel.writeInbound(allocator.buffer().writeZero(ProtocolConstants.MESSAGE_MAX - 1));
    assertThat(channel.inboundMessages()).isEmpty();
    channel.writeInbound(allocator.buffer().writeByte(1));
    Frame.Body body = channel.readInbound();
    assertThat(body.content().readableBytes()).isEqualTo(ProtocolConstants.MESSAGE_MAX);
    assertThat(body.content().getByte(ProtocolConstants.MESSAGE_MAX - 1)).isEqualTo((byte) 1);
    body.release();
    channel.finishAndReleaseAll();
  }

  @Test
  void memoryIsTakenForBytesThatArrivedOnly() {
    UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    EmbeddedChannel channel = channel(allocator, new FrameDecoder());
    channel.writeInbound(HexBytes.buffer(allocator, "00400000"));
    for (int i = 0; i < 1000; i++) {
      channel.writeInbound(allocator.buffer(1).writeByte(0));
    }
    assertThat(allocator.metric().usedDirectMemory() + allocator.metric().usedHeapMemory())
        .isBetween(1000L, 4096L);
    channel.finishAndReleaseAll();
    assertThat(allocator.metric().usedDirectMemory()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"00", "000000", "00000028 2000F5F5", "FFFF5555 00000042"})
  void streamThatEndsWithinFrame(String hex, ByteBufAllocator allocator) {
    EmbeddedChannel channel = channel(allocator, new FrameDecoder());
    channel.writeInbound(HexBytes.buffer(allocator, hex));
    assertThat(channel.finish()).as("a frame came out").isFalse();
  }

  private static void assertCorrupted(
      ByteBufAllocator allocator,
      String word,
      Class<? extends DecoderException> type,
      String message) {
    EmbeddedChannel channel = channel(allocator, new FrameDecoder());
    ByteBuf stream = HexBytes.buffer(allocator, WireExamples.LAUNCH + word + WireExamples.CANCEL);
    assertThatThrownBy(() -> channel.writeInbound(stream)).isInstanceOf(type).hasMessage(message);
    assertThat(channel.<Frame>readInbound()).as("before").isEqualTo(new Frame.Launch());

    assertThat(channel.writeInbound(HexBytes.buffer(allocator, WireExamples.LAUNCH)))
        .as("a frame came out afterwards")
        .isFalse();
    assertThat(channel.finish()).isFalse();
  }

  /** Decodes {@code stream}, which arrives in pieces that end at {@code cuts}. */
  private static List<String> decode(ByteBufAllocator allocator, byte[] stream, int... cuts) {
    EmbeddedChannel channel = channel(allocator, new FrameDecoder());
    int start = 0;
    for (int cut : cuts) {
      channel.writeInbound(allocator.buffer().writeBytes(stream, start, cut - start));
      start = cut;
    }
    channel.writeInbound(allocator.buffer().writeBytes(stream, start, stream.length - start));
    List<String> frames = new ArrayList<>();
    for (Frame frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
      frames.add(describe(frame));
    }
    assertThat(channel.finish()).isFalse();
    return frames;
  }

  private static String describe(Frame frame) {
    if (frame instanceof Frame.Body body) {
      return HexFormat.of().withUpperCase().formatHex(HexBytes.drain(body.content()));
    }
    return frame.toString();
  }

  private static String body(String wire) {
    return wire.replaceAll("\\s", "").substring(2 * Integer.BYTES);
  }

  private static EmbeddedChannel channel(ByteBufAllocator allocator, FrameDecoder decoder) {
    EmbeddedChannel channel = new EmbeddedChannel(decoder);
    channel.config().setAllocator(allocator);
    return channel;
  }
}
