package io.guestfs.daemon.tool;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Collects bytes up to a limit and counts on beyond it. */
final class BoundedOutput {
  private static final int INITIAL_SIZE = 1024;

  private final int limit;
  private byte[] bytes = new byte[INITIAL_SIZE];
  private int size;
  private boolean overflown;

  BoundedOutput(int limit) {
    this.limit = limit;
  }

  void add(ByteBuffer from) {
    int count = Math.min(from.remaining(), limit - size);
    overflown |= count < from.remaining();
    if (bytes.length < size + count) {
      bytes = Arrays.copyOf(bytes, Math.min(limit, Math.max(size + count, 2 * bytes.length)));
    }
    from.get(bytes, size, count);
    size += count;
  }

  /** Whether there was more than the limit. */
  boolean isOverflown() {
    return overflown;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  byte[] toByteArrayWithoutLineBreaks() {
    int end = size;
    while (end > 0 && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
      end--;
    }
    return Arrays.copyOf(bytes, end);
  }
}
