package io.guestfs.daemon.linux;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.protocol.xdr.GuestString;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The extended attributes of open files, {@code O_PATH} descriptors (of symlinks too) among them:
 * the calls go through their names in /proc, since those on descriptors refuse {@code O_PATH}.
 *
 * <p>One of these serves many files, one after the other, and keeps memory for the largest value.
 */
public final class ExtendedAttributes {
  /** The kernel's limit, for one value and for the list of names alike. */
  private static final int SIZE_MAX = 64 * 1024;

  private final ByteBuffer buffer = ByteBuffer.allocateDirect(SIZE_MAX);

  /** The names; none where the file system has no attributes. */
  public List<String> names(Fd file) {
    buffer.clear();
    Scratch scratch = Scratch.take();
    long path = scratch.string(file.procPath());
    long size = Syscall.call(scratch, Syscall.LISTXATTR, path, address(), SIZE_MAX, 0, 0);
    List<String> names = new ArrayList<>();
    if (Syscall.is(size, Errno.ENOTSUP)) {
      return names;
    }
    byte[] all = content(file, size, "listxattr");
    int start = 0;
    for (int i = 0; i < all.length; i++) {
      if (all[i] == 0) {
        byte[] name = new byte[i - start];
        System.arraycopy(all, start, name, 0, name.length);
        names.add(GuestString.decode(name));
        start = i + 1;
      }
    }
    return names;
  }

  /** The value of an attribute, null when the file does not have it. */
  public byte @Nullable [] get(Fd file, String name) {
    buffer.clear();
    Scratch scratch = Scratch.take();
    long path = scratch.string(file.procPath());
    long attribute = scratch.string(name);
    long size = Syscall.call(scratch, Syscall.GETXATTR, path, attribute, address(), SIZE_MAX, 0);
    return Syscall.is(size, Errno.ENODATA) ? null : content(file, size, "getxattr");
  }

  public void set(Fd file, String name, byte[] value) {
    if (value.length > SIZE_MAX) {
      throw CallException.failed("setxattr: " + file.name(), Errno.E2BIG);
    }
    buffer.clear();
    buffer.put(value);
    Scratch scratch = Scratch.take();
    long path = scratch.string(file.procPath());
    long attribute = scratch.string(name);
    long result =
        Syscall.call(scratch, Syscall.SETXATTR, path, attribute, address(), value.length, 0);
    Syscall.check(result, "setxattr", file.name());
  }

  public void remove(Fd file, String name) {
    Scratch scratch = Scratch.take();
    long path = scratch.string(file.procPath());
    long attribute = scratch.string(name);
    long result = Syscall.call(scratch, Syscall.REMOVEXATTR, path, attribute, 0, 0, 0);
    Syscall.check(result, "removexattr", file.name());
  }

  private byte[] content(Fd file, long size, String call) {
    byte[] content = new byte[(int) Syscall.check(size, call, file.name())];
    buffer.get(0, content);
    return content;
  }

  private long address() {
    buffer.clear();
    return MemorySegment.ofBuffer(buffer).address();
  }
}
