package io.guestfs.protocol.testing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Measures how much a piece of code allocates on the Java heap. */
public final class AllocationMeter {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private AllocationMeter() {}

  /** The bytes that the current thread allocated while it ran {@code code}. */
  public static long bytesAllocatedBy(Runnable code) {
    long id = Thread.currentThread().getId();
    long before = THREADS.getThreadAllocatedBytes(id);
    code.run();
    return THREADS.getThreadAllocatedBytes(id) - before;
  }
}
