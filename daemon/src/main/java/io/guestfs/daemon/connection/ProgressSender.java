package io.guestfs.daemon.connection;

import io.guestfs.calls.wire.Progress;
import io.guestfs.protocol.frame.ProtocolConstants;

/**
 * Sends progress, at a rate that does not disturb: nothing for calls that end soon, then a few
 * messages a second. Once anything was sent, the end is sent too.
 */
final class ProgressSender implements Progress {
  static final long FIRST_AFTER_NANOS = 2_000_000_000L;
  static final long INTERVAL_NANOS = 333_333_333L;

  private final PortWriter writer;
  private final int procedure;
  private final int serial;
  private long nextAt;
  private boolean sent;
  private boolean complete;
  private long lastTotal = 1;

  ProgressSender(PortWriter writer, int procedure, int serial) {
    this.writer = writer;
    this.procedure = procedure;
    this.serial = serial;
    nextAt = System.nanoTime() + FIRST_AFTER_NANOS;
  }

  @Override
  public void report(long position, long total) {
    if (total <= 0) {
      return;
    }
    long clamped = Math.clamp(position, 0, total);
    boolean end = sent && !complete && clamped == total;
    long now = System.nanoTime();
    if (end || now - nextAt >= 0) {
      nextAt = now + INTERVAL_NANOS;
      send(clamped, total);
    }
  }

  /** The call has succeeded. */
  void finish() {
    if (sent && !complete) {
      send(lastTotal, lastTotal);
    }
  }

  private void send(long position, long total) {
    sent = true;
    complete = position == total;
    lastTotal = total;
    writer.putInt(ProtocolConstants.PROGRESS_FLAG);
    writer.putInt(procedure);
    writer.putInt(serial);
    writer.putLong(position);
    writer.putLong(total);
    writer.flush();
  }
}
