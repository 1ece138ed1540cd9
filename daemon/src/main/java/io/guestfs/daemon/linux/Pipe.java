package io.guestfs.daemon.linux;

/** The two ends of a pipe. */
public record Pipe(Fd reader, Fd writer) implements AutoCloseable {
  private static final int F_SETPIPE_SZ = 1031;

  /** Makes a pipe that {@code what} names in messages. */
  public static Pipe open(String what) {
    Scratch scratch = Scratch.take();
    int offset = scratch.reserve(8);
    long result =
        Syscall.call(scratch, Syscall.PIPE2, scratch.address(offset), OpenFlags.O_CLOEXEC, 0, 0, 0);
    Syscall.check(result, "pipe", what);
    Fd reader = new Fd(scratch.memory().getInt(offset), what);
    Fd writer = new Fd(scratch.memory().getInt(offset + 4), what);
    return new Pipe(reader, writer);
  }

  /**
   * Has it hold so many bytes before a writer has to wait, or as many as before when the kernel
   * does not give them: it has a limit for those who are not root.
   */
  public void resize(int size) {
    Syscall.call(Syscall.FCNTL, writer.number(), F_SETPIPE_SZ, size);
  }

  /** Makes writes return instead of waiting for the reader. */
  public void setWriterNonBlocking() {
    writer.setNonBlocking();
  }

  @Override
  public void close() {
    reader.close();
    writer.close();
  }
}
