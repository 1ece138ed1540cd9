package io.guestfs.daemon.linux;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/** The numbers in {@code /proc/sys} by which the kernel is adjusted. */
public enum KernelSetting {
  /** Written for its effect: drops caches. */
  DROP_CACHES("vm/drop_caches"),

  /** The most events that wait in a queue of inotify which is made from then on. */
  INOTIFY_QUEUED_EVENTS("fs/inotify/max_queued_events");

  private final String path;

  KernelSetting(String path) {
    this.path = "/proc/sys/" + path;
  }

  public void set(int value) {
    byte[] digits = Integer.toString(value).getBytes(US_ASCII);
    try (Fd file = Fd.open(path, OpenFlags.O_WRONLY, 0)) {
      file.writeFully(ByteBuffer.allocateDirect(digits.length).put(digits).flip());
    }
  }
}
