package io.guestfs.protocol.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;

/** The guard itself: it must notice what it is there for. */
class BufferLeakExtensionTests {

  private final UnpooledByteBufAllocator allocator = BufferLeakExtension.newAllocator();

  @Test
  void noticesHeapBuffer() {
    assertNoticed(allocator.heapBuffer(16));
  }

  @Test
  void noticesDirectBuffer() {
    assertNoticed(allocator.directBuffer(16));
  }

  @Test
  void noticesBufferThatNobodyHolds() throws InterruptedException {
    BufferLeakExtension.listen();
    UnpooledByteBufAllocator.DEFAULT.directBuffer(16);
    assertThat(BufferLeakExtension.reportedLeaks()).hasSize(1);
    assertThat(BufferLeakExtension.reportedLeaks()).isEmpty();
  }

  private void assertNoticed(ByteBuf leaked) {
    assertThatThrownBy(() -> BufferLeakExtension.assertNothingLeft(allocator))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("buffers left");
    leaked.release();
    assertThatCode(() -> BufferLeakExtension.assertNothingLeft(allocator))
        .doesNotThrowAnyException();
  }
}
