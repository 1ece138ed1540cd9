package io.guestfs.daemon.linux;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.protocol.xdr.GuestString;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;

/** A shared library of the daemon's own system, other than that of C, which is always there. */
@SuppressWarnings("restricted")
final class NativeLibrary {
  private static final NativeFunction STRLEN = NativeFunction.named("strlen");

  private final SymbolLookup symbols;

  private NativeLibrary(SymbolLookup symbols) {
    this.symbols = symbols;
  }

  /** Loads a library by its name, such as {@code libacl.so.1}, for ever. */
  static NativeLibrary load(String name) {
    try {
      return new NativeLibrary(SymbolLookup.libraryLookup(name, Arena.global()));
    } catch (IllegalArgumentException e) {
      throw new CallException(Errno.ENOTSUP, name + ": there is no such library here");
    }
  }

  NativeFunction function(String name) {
    return NativeFunction.at(symbols.findOrThrow(name));
  }

  /** Copies the string that a function returned the address of. */
  static String text(long address) {
    int length = (int) STRLEN.call(Scratch.take(), address, 0, 0, 0, 0, 0, 0);
    byte[] bytes = new byte[length];
    MemorySegment.ofAddress(address).reinterpret(length).asByteBuffer().get(bytes);
    return GuestString.decode(bytes);
  }
}
