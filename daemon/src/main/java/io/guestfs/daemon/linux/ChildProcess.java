package io.guestfs.daemon.linux;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.protocol.xdr.GuestString;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A child started with {@code posix_spawn}, in a process group of its own.
 *
 * <p>Java's own launcher executes a helper program first and starts a thread for each child; this
 * does neither, and can give the child an open directory to work in.
 */
public final class ChildProcess implements AutoCloseable {
  private static final NativeFunction SPAWN = NativeFunction.named("posix_spawn");
  private static final NativeFunction ACTIONS_INIT =
      NativeFunction.named("posix_spawn_file_actions_init");
  private static final NativeFunction ACTIONS_DUP2 =
      NativeFunction.named("posix_spawn_file_actions_adddup2");
  private static final NativeFunction ACTIONS_FCHDIR =
      NativeFunction.named("posix_spawn_file_actions_addfchdir_np");
  private static final NativeFunction ACTIONS_CLOSE_FROM =
      NativeFunction.named("posix_spawn_file_actions_addclosefrom_np");
  private static final NativeFunction ACTIONS_DESTROY =
      NativeFunction.named("posix_spawn_file_actions_destroy");
  private static final NativeFunction ATTR_INIT = NativeFunction.named("posix_spawnattr_init");
  private static final NativeFunction ATTR_FLAGS = NativeFunction.named("posix_spawnattr_setflags");
  private static final NativeFunction ATTR_DEFAULT =
      NativeFunction.named("posix_spawnattr_setsigdefault");

  private static final int SETPGROUP = 0x02;
  private static final int SETSIGDEF = 0x04;
  private static final int SETSIGMASK = 0x08;

  /** More than any C library needs for its opaque types (glibc: 80 and 336 bytes). */
  private static final int OPAQUE_SIZE = 1024;

  private static final int FIRST_NOT_STANDARD = 3;
  private static final int SIGNAL_SET_SIZE = 128;
  private static final int SIGKILL = 9;
  private static final int POINTER_SIZE = 8;

  private final int pid;
  private final Fd pidFd;
  private @Nullable ExitStatus status;

  private ChildProcess(int pid, Fd pidFd) {
    this.pid = pid;
    this.pidFd = pidFd;
  }

  /**
   * Starts {@code program}.
   *
   * @param program path of the executable
   * @param arguments all of them, the first being the name that the program goes by
   * @param environment as {@code NAME=value}, and nothing else
   * @param directory where it works, or null for the daemon's own
   */
  public static ChildProcess start(
      String program,
      List<String> arguments,
      List<String> environment,
      @Nullable Directory directory,
      Fd input,
      Fd output,
      Fd error) {
    Scratch scratch = Scratch.take();
    long path = scratch.string(program);
    long pid = scratch.address(scratch.reserve(8));
    long attributes = attributes(scratch);
    long actions = scratch.address(scratch.reserve(OPAQUE_SIZE));
    ByteBuffer argv = vector(arguments);
    ByteBuffer envp = vector(environment);
    call(ACTIONS_INIT, scratch, actions, 0, 0);
    int errno;
    try {
      call(ACTIONS_DUP2, scratch, actions, input.number(), 0);
      call(ACTIONS_DUP2, scratch, actions, output.number(), 1);
      call(ACTIONS_DUP2, scratch, actions, error.number(), 2);
      if (directory != null) {
        call(ACTIONS_FCHDIR, scratch, actions, directory.fd().number(), 0);
      }
      // Java opens its own files, jars among them, without closing on exec.
      call(ACTIONS_CLOSE_FROM, scratch, actions, FIRST_NOT_STANDARD, 0);
      errno = SPAWN.callInt(scratch, pid, path, actions, attributes, address(argv), address(envp));
    } finally {
      call(ACTIONS_DESTROY, scratch, actions, 0, 0);
      Reference.reachabilityFence(argv);
      Reference.reachabilityFence(envp);
    }
    if (errno != 0) {
      throw CallException.failed(program, Errno.of(errno));
    }
    return started(scratch.memory().getInt((int) (pid - scratch.address(0))), program);
  }

  /** Becomes readable when the process has ended. */
  public Fd endOfProcess() {
    return pidFd;
  }

  /** Ends the process and what it started, unless that left its group. */
  public void kill() {
    if (status == null) {
      Syscall.call(Syscall.KILL, -pid, SIGKILL, 0);
    }
  }

  /** Waits until it has ended. */
  public ExitStatus await() {
    if (status == null) {
      Scratch scratch = Scratch.take();
      int offset = scratch.reserve(4);
      long result = Syscall.call(scratch, Syscall.WAIT4, pid, scratch.address(offset), 0, 0, 0);
      Syscall.check(result, "wait", pidFd.name());
      status = new ExitStatus(scratch.memory().getInt(offset));
    }
    return status;
  }

  /** Kills it if it still runs; nothing of it is left afterwards. */
  @Override
  public void close() {
    kill();
    await();
    pidFd.close();
  }

  private static ChildProcess started(int pid, String program) {
    long pidFd = Syscall.call(Syscall.PIDFD_OPEN, pid, 0, 0);
    if (pidFd < 0) {
      Syscall.call(Syscall.KILL, pid, SIGKILL, 0);
      Syscall.call(Scratch.take(), Syscall.WAIT4, pid, 0, 0, 0, 0);
      throw Syscall.failure(pidFd, "pidfd_open", program);
    }
    return new ChildProcess(pid, new Fd((int) pidFd, program));
  }

  /** No signal blocked, none ignored, and a new group. */
  private static long attributes(Scratch scratch) {
    long attributes = scratch.address(scratch.reserve(OPAQUE_SIZE));
    int all = scratch.reserve(SIGNAL_SET_SIZE);
    for (int i = 0; i < SIGNAL_SET_SIZE; i++) {
      scratch.memory().put(all + i, (byte) 0xff);
    }
    call(ATTR_INIT, scratch, attributes, 0, 0);
    call(ATTR_DEFAULT, scratch, attributes, scratch.address(all), 0);
    call(ATTR_FLAGS, scratch, attributes, SETPGROUP | SETSIGDEF | SETSIGMASK, 0);
    return attributes;
  }

  /** Strings and, before them, the array of their addresses that ends with a null. */
  private static ByteBuffer vector(List<String> strings) {
    int size = (strings.size() + 1) * POINTER_SIZE;
    byte[][] encoded = new byte[strings.size()][];
    for (int i = 0; i < encoded.length; i++) {
      encoded[i] = encode(strings.get(i));
      size += encoded[i].length + 1;
    }
    ByteBuffer memory = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
    long start = address(memory);
    int text = (encoded.length + 1) * POINTER_SIZE;
    for (int i = 0; i < encoded.length; i++) {
      memory.putLong(i * POINTER_SIZE, start + text);
      memory.put(text, encoded[i]);
      text += encoded[i].length + 1;
    }
    return memory;
  }

  private static byte[] encode(String argument) {
    try {
      return GuestString.encode(argument);
    } catch (IllegalArgumentException refused) {
      throw new CallException(Errno.EINVAL, String.valueOf(refused.getMessage()));
    }
  }

  private static long address(ByteBuffer buffer) {
    return MemorySegment.ofBuffer(buffer).address();
  }

  private static void call(NativeFunction function, Scratch scratch, long a, long b, long c) {
    int errno = function.callInt(scratch, a, b, c, 0, 0, 0);
    if (errno != 0) {
      throw CallException.failed("posix_spawn", Errno.of(errno));
    }
  }
}
