package io.guestfs.daemon.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * A function of the C library or another one, called with up to seven integers or addresses.
 *
 * <p>There is one shape of call for all functions. Linking a shape costs up to seconds in a cold
 * JVM under emulation, while passing arguments that a function does not look at costs nothing: both
 * calling conventions that we run on pass them in registers, or on the stack of the caller.
 */
@SuppressWarnings("restricted")
final class NativeFunction {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle CALL =
      LINKER.downcallHandle(
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
              JAVA_LONG),
          Linker.Option.captureCallState("errno"));

  private final MemorySegment address;

  private NativeFunction(MemorySegment address) {
    this.address = address;
  }

  static NativeFunction named(String name) {
    return at(LINKER.defaultLookup().findOrThrow(name));
  }

  /** A function of another library. */
  static NativeFunction at(MemorySegment address) {
    return new NativeFunction(address);
  }

  /** Calls the function; {@code scratch} then has its errno. */
  long call(Scratch scratch, long a, long b, long c, long d, long e, long f, long g) {
    try {
      return (long) CALL.invokeExact(address, scratch.callState(), a, b, c, d, e, f, g);
    } catch (RuntimeException | Error thrown) {
      throw thrown;
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** Calls a function that returns an {@code int}: only the lower half of the word is defined. */
  int callInt(Scratch scratch, long a, long b, long c, long d, long e, long f) {
    return (int) call(scratch, a, b, c, d, e, f, 0);
  }
}
