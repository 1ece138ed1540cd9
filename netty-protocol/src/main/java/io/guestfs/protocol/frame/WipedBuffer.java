package io.guestfs.protocol.frame;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledDirectByteBuf;
import java.nio.ByteBuffer;

/**
 * A buffer of a fixed size that is filled with zeroes when it is released. It never grows, which
 * would leave its old memory behind, and it is direct, since transports copy what is not.
 */
final class WipedBuffer extends UnpooledDirectByteBuf {

  WipedBuffer(ByteBufAllocator allocator, ByteBuffer memory) {
    super(allocator, memory, memory.remaining());
    clear();
  }

  @Override
  protected void deallocate() {
    // Not setZero(): what is no longer referred to may not be touched by that.
    for (int i = 0; i < capacity(); i++) {
      _setByte(i, 0);
    }
    super.deallocate();
  }
}
