package io.guestfs.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.protocol.testing.BufferLeakExtension;
import io.guestfs.protocol.testing.HexBytes;
import io.guestfs.protocol.xdr.XdrException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(BufferLeakExtension.class)
class ChunkTests {

  @Test
  void data(ByteBufAllocator allocator) {
    Chunk chunk = Chunk.read(HexBytes.buffer(allocator, "00000000 00000005 01020304 05000000"));
    assertThat(chunk.cancel()).isFalse();
    assertThat(chunk.isEndOfFile()).isFalse();
    assertThat(HexBytes.drain(chunk.data())).isEqualTo(HexBytes.bytes("0102030405"));
  }

  @Test
  void endOfFile(ByteBufAllocator allocator) {
    Chunk chunk = Chunk.read(HexBytes.buffer(allocator, "00000000 00000000"));
    assertThat(chunk.isEndOfFile()).isTrue();
    assertThat(chunk.cancel()).isFalse();
    chunk.data().release();
  }

  @Test
  void cancel(ByteBufAllocator allocator) {
    Chunk chunk = Chunk.read(HexBytes.buffer(allocator, "00000001 00000000"));
    assertThat(chunk.isEndOfFile()).isFalse();
    assertThat(chunk.cancel()).isTrue();
    chunk.data().release();
  }

  @Test
  void dataAreSharedWithTheFrame(ByteBufAllocator allocator) {
    ByteBuf content = HexBytes.buffer(allocator, "00000000 00000001 01000000");
    Chunk chunk = Chunk.read(content);
    content.setByte(8, 0x55);
    assertThat(chunk.data().getByte(0)).isEqualTo((byte) 0x55);
    chunk.data().release();
    assertThat(content.refCnt()).isZero();
  }

  @Test
  void largest(ByteBufAllocator allocator) {
    ByteBuf content = allocator.buffer().writeInt(0).writeInt(8192).writeZero(8192);
    assertThat(Chunk.read(content).data().readableBytes()).isEqualTo(ProtocolConstants.CHUNK_MAX);
    content.release();
  }

  @Test
  void tooLarge(ByteBufAllocator allocator) {
    ByteBuf content = allocator.buffer().writeInt(0).writeInt(8196).writeZero(8196);
    assertThatThrownBy(() -> Chunk.read(content))
        .isInstanceOf(XdrException.class)
        .hasMessageContaining("8196 bytes, at most 8192 allowed");
    content.release();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00000000",
        "00000002 00000000",
        "FFFFFFFF 00000000",
        "00000000 00000001",
        "00000000 00000001 01000001",
        "00000000 00000000 00000000",
        "00000000 FFFFFFFF",
      })
  void anythingElseIsRefused(String hex, ByteBufAllocator allocator) {
    ByteBuf content = HexBytes.buffer(allocator, hex);
    assertThatThrownBy(() -> Chunk.read(content)).isInstanceOf(XdrException.class);
    content.release();
  }
}
