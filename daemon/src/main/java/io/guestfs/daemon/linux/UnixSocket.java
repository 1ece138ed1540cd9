package io.guestfs.daemon.linux;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.protocol.xdr.GuestString;
import java.nio.ByteBuffer;
import java.util.List;

/** Unix sockets: connecting to one as a client, and pairs that are connected to each other. */
public final class UnixSocket {
  private static final int AF_UNIX = 1;
  private static final int SOCK_STREAM = 1;
  private static final int SHUT_WR = 1;

  /** Size of {@code sun_path}, which must also hold the NUL. */
  private static final int PATH_SIZE = 108;

  private UnixSocket() {}

  /** Two sockets that are connected to each other. */
  public static List<Fd> pair(String what) {
    Scratch scratch = Scratch.take();
    int offset = scratch.reserve(8);
    long result =
        Syscall.call(
            scratch,
            Syscall.SOCKETPAIR,
            AF_UNIX,
            SOCK_STREAM | OpenFlags.O_CLOEXEC,
            0,
            scratch.address(offset),
            0);
    Syscall.check(result, "socketpair", what);
    ByteBuffer numbers = scratch.memory();
    return List.of(new Fd(numbers.getInt(offset), what), new Fd(numbers.getInt(offset + 4), what));
  }

  /** Ends what the other side can read; it can still be heard. */
  public static void endOutput(Fd socket) {
    long result = Syscall.call(Syscall.SHUTDOWN, socket.number(), SHUT_WR, 0);
    Syscall.check(result, "shutdown", socket.name());
  }

  /** Connects to the listener at {@code path}. */
  public static Fd connect(String path) {
    byte[] name = GuestString.encode(path);
    if (name.length >= PATH_SIZE) {
      throw CallException.failed("connect: " + path, Errno.ENAMETOOLONG);
    }
    long number = Syscall.call(Syscall.SOCKET, AF_UNIX, SOCK_STREAM | OpenFlags.O_CLOEXEC, 0);
    Fd socket = new Fd((int) Syscall.check(number, "socket", path), path);
    Scratch scratch = Scratch.take();
    int offset = scratch.reserve(2 + PATH_SIZE);
    ByteBuffer memory = scratch.memory();
    memory.putShort(offset, (short) AF_UNIX);
    memory.put(offset + 2, name);
    long result =
        Syscall.call(
            scratch,
            Syscall.CONNECT,
            socket.number(),
            scratch.address(offset),
            2 + PATH_SIZE,
            0,
            0);
    if (result < 0) {
      socket.close();
      throw Syscall.failure(result, "connect", path);
    }
    return socket;
  }
}
