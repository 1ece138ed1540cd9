package io.guestfs.daemon.linux;

import static io.guestfs.daemon.linux.OpenFlags.O_CLOEXEC;
import static io.guestfs.daemon.linux.OpenFlags.O_NONBLOCK;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.protocol.xdr.GuestString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/** A queue of events about files that are watched ({@code inotify(7)}). */
public final class Inotify implements AutoCloseable {
  /** In a mask: the symlink itself is meant. */
  public static final int IN_DONT_FOLLOW = 0x02000000;

  private static final int HEAD_SIZE = 16;

  /** Many events, and at least one with the longest name. */
  private static final int BUFFER_SIZE = 16 * 1024;

  private final Fd queue;
  private final ByteBuffer buffer =
      ByteBuffer.allocateDirect(BUFFER_SIZE).order(ByteOrder.nativeOrder());

  private Inotify(Fd queue) {
    this.queue = queue;
  }

  /** What happened: to which watch, what, what belongs together, and the name or nothing. */
  public record Event(int watch, int mask, int cookie, String name) {}

  public static Inotify open() {
    long result = Syscall.call(Syscall.INOTIFY_INIT1, O_CLOEXEC | O_NONBLOCK, 0, 0);
    return new Inotify(new Fd((int) Syscall.check(result, "inotify_init", "queue"), "inotify"));
  }

  /** Watches a file, which {@code O_PATH} suffices for; returns the number of the watch. */
  public int add(Fd file, int mask) {
    Scratch scratch = Scratch.take();
    long path = scratch.string(file.procPath());
    int follow = mask & ~IN_DONT_FOLLOW;
    long result =
        Syscall.call(scratch, Syscall.INOTIFY_ADD_WATCH, queue.number(), path, follow, 0, 0);
    return (int) Syscall.check(result, "inotify_add_watch", file.name());
  }

  public void remove(int watch) {
    long result = Syscall.call(Syscall.INOTIFY_RM_WATCH, queue.number(), watch, 0);
    Syscall.check(result, "inotify_rm_watch", "watch " + watch);
  }

  /** Takes some events that have happened; false when there were none. */
  public boolean read(Consumer<Event> action) {
    try {
      queue.read(buffer.clear());
    } catch (CallException e) {
      if (e.is(Errno.EAGAIN)) {
        return false;
      }
      throw e;
    }
    buffer.flip();
    while (buffer.remaining() >= HEAD_SIZE) {
      action.accept(
          new Event(buffer.getInt(), buffer.getInt(), buffer.getInt(), name(buffer.getInt())));
    }
    return true;
  }

  @Override
  public void close() {
    queue.close();
  }

  /** It is filled up with NULs. */
  private String name(int size) {
    byte[] bytes = new byte[size];
    buffer.get(bytes);
    String name = GuestString.decode(bytes);
    int end = name.indexOf('\0');
    return end < 0 ? name : name.substring(0, end);
  }
}
