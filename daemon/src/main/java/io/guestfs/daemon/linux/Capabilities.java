package io.guestfs.daemon.linux;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;

/** The capabilities that a program file gives to who runs it, by libcap, which knows their text. */
public final class Capabilities {
  private final Fd file;

  /** Of an open file, which stays the caller's to close. */
  public Capabilities(Fd file) {
    this.file = file;
  }

  /** As text, empty when there are none; works through {@code O_PATH}. */
  public String get() {
    Scratch scratch = Scratch.take();
    long set = Library.GET.call(scratch, scratch.string(file.procPath()), 0, 0, 0, 0, 0, 0);
    if (set == 0) {
      if (scratch.errno() == Errno.ENODATA.number()) {
        return "";
      }
      throw failure(scratch, "cap_get_file");
    }
    try {
      return text(set);
    } finally {
      free(set);
    }
  }

  /** Replaces them. */
  public void set(String text) {
    Scratch scratch = Scratch.take();
    long set = Library.PARSE.call(scratch, scratch.string(text), 0, 0, 0, 0, 0, 0);
    if (set == 0) {
      throw new CallException(Errno.EINVAL, "'" + text + "' is not a set of capabilities");
    }
    try {
      scratch = Scratch.take();
      if (Library.SET.callInt(scratch, file.number(), set, 0, 0, 0, 0) != 0) {
        throw failure(scratch, "cap_set_fd");
      }
    } finally {
      free(set);
    }
  }

  private String text(long set) {
    Scratch scratch = Scratch.take();
    long text = Library.FORMAT.call(scratch, set, 0, 0, 0, 0, 0, 0);
    if (text == 0) {
      throw failure(scratch, "cap_to_text");
    }
    try {
      return NativeLibrary.text(text);
    } finally {
      free(text);
    }
  }

  private CallException failure(Scratch scratch, String call) {
    return CallException.failed(call + ": " + file.name(), Errno.of(scratch.errno()));
  }

  private static void free(long address) {
    Library.FREE.callInt(Scratch.take(), address, 0, 0, 0, 0, 0);
  }

  /** Loaded by the first call that needs it. */
  private static final class Library {
    private static final NativeLibrary CAP = NativeLibrary.load("libcap.so.2");
    static final NativeFunction GET = CAP.function("cap_get_file");
    static final NativeFunction SET = CAP.function("cap_set_fd");
    static final NativeFunction PARSE = CAP.function("cap_from_text");
    static final NativeFunction FORMAT = CAP.function("cap_to_text");
    static final NativeFunction FREE = CAP.function("cap_free");
  }
}
