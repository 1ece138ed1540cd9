package io.guestfs.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.protocol.testing.BufferLeakExtension;
import io.guestfs.protocol.testing.HexBytes;
import io.guestfs.protocol.xdr.XdrException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(BufferLeakExtension.class)
class FramesTests {

  private static final MessageHeader PING = MessageHeader.call(92, 0x123400, 0);
  private static final MessageHeader MKDIR = MessageHeader.call(32, 0x123401, 0);

  @Test
  void messagesWithoutBody(ByteBufAllocator allocator) {
    assertWire(Frames.message(allocator, PING), WireExamples.PING_CALL);
    assertWire(Frames.message(allocator, PING.reply(Status.OK)), WireExamples.PING_REPLY);
  }

  @Test
  void messageWithArguments(ByteBufAllocator allocator) {
    assertWire(
        Frames.message(allocator, MKDIR, body -> body.writeString("/tmp/x")),
        WireExamples.MKDIR_CALL);
  }

  @Test
  void messageWithOptionalArguments(ByteBufAllocator allocator) {
    ByteBuf frame =
        Frames.message(
            allocator,
            MessageHeader.call(278, 0x123402, 1 << 4),
            body -> {
              body.writeString("ext4");
              body.writeString("/dev/sda1");
              body.writeInt(0);
              body.writeString("");
              body.writeInt(0);
              body.writeInt(0);
              body.writeString("boot");
            });
    assertWire(frame, WireExamples.MKFS_CALL);
  }

  @Test
  void messageWithError(ByteBufAllocator allocator) {
    MessageError error = new MessageError("EEXIST", "mkdir: /tmp/x: File exists");
    assertWire(
        Frames.message(allocator, MKDIR.reply(Status.ERROR), error::write),
        WireExamples.MKDIR_ERROR);
  }

  @Test
  void smallMessageIsOneBuffer(ByteBufAllocator allocator) {
    ByteBuf frame = Frames.message(allocator, MKDIR, body -> body.writeString("/".repeat(200)));
    assertThat(frame.nioBufferCount()).isEqualTo(1);
    assertThat(frame.isDirect()).isTrue();
    assertThat(frame.capacity()).as("never grew").isEqualTo(256);
    frame.release();
  }

  @Test
  void largestMessage(ByteBufAllocator allocator) {
    int room = ProtocolConstants.MESSAGE_MAX - MessageHeader.SIZE - Integer.BYTES;
    ByteBuf frame = Frames.message(allocator, MKDIR, body -> body.writeOpaque(new byte[room]));
    assertThat(frame.readableBytes()).isEqualTo(Integer.BYTES + ProtocolConstants.MESSAGE_MAX);
    assertThat(frame.getInt(0)).isEqualTo(4 * 1024 * 1024);
    frame.release();

    assertThatThrownBy(
            () -> Frames.message(allocator, MKDIR, body -> body.writeOpaque(new byte[room + 1])))
        .isInstanceOf(XdrException.class)
        .hasMessageContaining("opaque data at offset 40: 4194268 bytes do not fit");
  }

  @Test
  void messageWhoseBodyFailsIsReleased(ByteBufAllocator allocator) {
    assertThatThrownBy(() -> Frames.message(allocator, MKDIR, body -> body.writeString("a\0b")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void chunkOfHeapMemory(ByteBufAllocator allocator) {
    ByteBuffer data = ByteBuffer.wrap(HexBytes.bytes("FF68656C6C6FFF"), 1, 5);
    assertWire(Frames.chunk(allocator, data), WireExamples.CHUNK);
    assertThat(data.remaining()).isEqualTo(5);
    assertWire(Frames.chunk(allocator, data.asReadOnlyBuffer()), WireExamples.CHUNK);
  }

  @Test
  void chunkOfDirectMemory(ByteBufAllocator allocator) {
    ByteBuffer data = ByteBuffer.allocateDirect(5).put(HexBytes.bytes("68656C6C6F")).flip();
    assertWire(Frames.chunk(allocator, data), WireExamples.CHUNK);
  }

  @Test
  void chunkOfBufferIsNotCopied(ByteBufAllocator allocator) {
    ByteBuf data = HexBytes.buffer(allocator, "6A656C6C6F");
    ByteBuf frame = Frames.chunk(allocator, data);
    data.setByte(0, 0x68);
    assertWire(frame, WireExamples.CHUNK);
    assertThat(data.refCnt()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 8188, 8189, 8191, 8192, 65_537})
  void chunksOfEveryPadding(int length, ByteBufAllocator allocator) {
    byte[] data = new byte[length];
    data[0] = 1;
    data[length - 1] = 2;
    assertChunk(Frames.chunk(allocator, ByteBuffer.wrap(data)), data);
    assertChunk(Frames.chunk(allocator, allocator.buffer().writeBytes(data)), data);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 262_145})
  void chunkOfNothingOrTooMuchIsRefused(int length, ByteBufAllocator allocator) {
    ByteBuffer memory = ByteBuffer.allocate(length);
    assertThatThrownBy(() -> Frames.chunk(allocator, memory))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a chunk of " + length + " bytes, 1 to 262144 allowed");

    ByteBuf data = allocator.buffer().writeZero(length);
    assertThatThrownBy(() -> Frames.chunk(allocator, data))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(data.release()).as("was still the caller's").isTrue();
  }

  @Test
  void chunksWithoutData(ByteBufAllocator allocator) {
    assertWire(Frames.endOfFile(allocator), WireExamples.END_OF_FILE);
    assertWire(Frames.cancelChunk(allocator), WireExamples.CANCEL_CHUNK);
  }

  @Test
  void flags(ByteBufAllocator allocator) {
    assertWire(Frames.launchFlag(allocator), WireExamples.LAUNCH);
    assertWire(Frames.cancelFlag(allocator), WireExamples.CANCEL);
    assertWire(
        Frames.progress(allocator, new Frame.Progress(66, 0x123403, 5, 1L << 32)),
        WireExamples.PROGRESS);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        ProtocolConstants.LAUNCH_FLAG,
        ProtocolConstants.CANCEL_FLAG,
        ProtocolConstants.PROGRESS_FLAG
      })
  void noFlagCanBeMistakenForLength(int flag) {
    assertThat(Integer.toUnsignedLong(flag)).isGreaterThan(ProtocolConstants.MESSAGE_MAX);
  }

  private static void assertWire(ByteBuf frame, String hex) {
    assertThat(HexBytes.drain(frame)).isEqualTo(HexBytes.bytes(hex));
  }

  private static void assertChunk(ByteBuf frame, byte[] data) {
    assertThat(frame.readInt()).isEqualTo(frame.readableBytes());
    Chunk chunk = Chunk.read(frame, Limits.LARGEST.chunkMax());
    assertThat(chunk.cancel()).isFalse();
    assertThat(HexBytes.drain(chunk.data())).isEqualTo(data);
  }
}
