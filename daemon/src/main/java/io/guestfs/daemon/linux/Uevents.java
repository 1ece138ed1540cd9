package io.guestfs.daemon.linux;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.protocol.xdr.GuestString;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel says about devices that come and go. It is kept from the moment of opening on, so
 * nothing is missed between two looks.
 */
public final class Uevents {
  private static final int AF_NETLINK = 16;
  private static final int SOCK_DGRAM = 2;
  private static final int NETLINK_KOBJECT_UEVENT = 15;
  private static final int KERNEL_GROUP = 1;
  private static final int ADDRESS_SIZE = 12;
  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVBUFFORCE = 33;

  /** A disk makes about ten messages, each of which takes a kibibyte of this. */
  private static final int QUEUE_BYTES = 16 << 20;

  private static final int MESSAGE_MAX = 16 * 1024;
  private static final String NAME = "uevents";

  private final Fd socket;
  private final Poll poll = new Poll(1);
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(MESSAGE_MAX);

  private Uevents(Fd socket) {
    this.socket = socket;
    poll.awaitReadable(0, socket);
  }

  /** Begins to listen; for root. */
  public static Uevents open() {
    long number =
        Syscall.call(
            Syscall.SOCKET, AF_NETLINK, SOCK_DGRAM | OpenFlags.O_CLOEXEC, NETLINK_KOBJECT_UEVENT);
    Fd socket = new Fd((int) Syscall.check(number, "socket", NAME), NAME);
    try {
      enlargeQueue(socket);
      bind(socket);
      return new Uevents(socket);
    } catch (CallException e) {
      socket.close();
      throw e;
    }
  }

  private static void enlargeQueue(Fd socket) {
    Scratch scratch = Scratch.take();
    int size = scratch.reserve(8);
    scratch.memory().putInt(size, QUEUE_BYTES);
    long result =
        Syscall.call(
            scratch,
            Syscall.SETSOCKOPT,
            socket.number(),
            SOL_SOCKET,
            SO_RCVBUFFORCE,
            scratch.address(size),
            Integer.BYTES);
    Syscall.check(result, "setsockopt", NAME);
  }

  private static void bind(Fd socket) {
    Scratch scratch = Scratch.take();
    int address = scratch.reserve(ADDRESS_SIZE);
    scratch.memory().putShort(address, (short) AF_NETLINK);
    scratch.memory().putInt(address + 8, KERNEL_GROUP);
    long result =
        Syscall.call(
            scratch, Syscall.BIND, socket.number(), scratch.address(address), ADDRESS_SIZE, 0, 0);
    Syscall.check(result, "bind", NAME);
  }

  /**
   * The next message's first line, such as {@code add@/devices/…/block/sda}; null when none comes
   * in so many milliseconds, and empty when some were lost.
   */
  public @Nullable String next(int timeoutMillis) {
    if (!poll.await(timeoutMillis)) {
      return null;
    }
    buffer.clear();
    try {
      socket.read(buffer);
    } catch (CallException e) {
      if (e.is(Errno.ENOBUFS)) {
        return "";
      }
      throw e;
    }
    int end = 0;
    while (end < buffer.position() && buffer.get(end) != 0) {
      end++;
    }
    byte[] line = new byte[end];
    buffer.get(0, line);
    return GuestString.decode(line);
  }
}
