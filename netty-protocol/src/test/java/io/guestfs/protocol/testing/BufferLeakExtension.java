package io.guestfs.protocol.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Fails a test that leaves a buffer behind.
 *
 * <p>A test may take a {@link ByteBufAllocator} as parameter: one of its own, whose memory is
 * counted when the test ends. Buffers from anywhere else are watched by Netty's leak detector,
 * which fails the test class.
 */
public final class BufferLeakExtension
    implements ParameterResolver, BeforeAllCallback, AfterEachCallback, AfterAllCallback {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(BufferLeakExtension.class);

  private static final long COLLECTION_TIMEOUT_MILLIS = 10_000;

  private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();

  @Override
  public void beforeAll(ExtensionContext context) {
    assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
    listen();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == ByteBufAllocator.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(UnpooledByteBufAllocator.class, type -> newAllocator());
  }

  @Override
  public void afterEach(ExtensionContext context) {
    UnpooledByteBufAllocator allocator =
        context
            .getStore(NAMESPACE)
            .get(UnpooledByteBufAllocator.class, UnpooledByteBufAllocator.class);
    if (allocator != null) {
      assertNothingLeft(allocator);
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws InterruptedException {
    assertThat(reportedLeaks()).isEmpty();
  }

  static void listen() {
    ByteBufUtil.setLeakListener((type, records) -> LEAKS.add(type + records));
  }

  static UnpooledByteBufAllocator newAllocator() {
    return new UnpooledByteBufAllocator(true);
  }

  static void assertNothingLeft(UnpooledByteBufAllocator allocator) {
    assertThat(allocator.metric().usedHeapMemory()).as("bytes of heap buffers left").isZero();
    assertThat(allocator.metric().usedDirectMemory()).as("bytes of direct buffers left").isZero();
  }

  /** The leaks that the detector found since it was asked last. */
  static List<String> reportedLeaks() throws InterruptedException {
    // Java hands collected references over one by one, in no order: the second collection's come
    // after all of the first's.
    collectGarbage();
    collectGarbage();
    // The detector reports what was collected when the next buffer is made.
    UnpooledByteBufAllocator.DEFAULT.buffer(1).release();
    List<String> leaks = new ArrayList<>();
    for (String leak = LEAKS.poll(); leak != null; leak = LEAKS.poll()) {
      leaks.add(leak);
    }
    return leaks;
  }

  /** Returns once a full collection has found what nobody holds. */
  private static void collectGarbage() throws InterruptedException {
    ReferenceQueue<Object> collected = new ReferenceQueue<>();
    PhantomReference<Object> marker = new PhantomReference<>(new Object(), collected);
    System.gc();
    assertThat((Object) collected.remove(COLLECTION_TIMEOUT_MILLIS)).isSameAs(marker);
  }
}
