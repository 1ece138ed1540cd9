package io.guestfs.daemon.linux;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;

/**
 * The access control lists of an open file, an {@code O_PATH} descriptor among them, by libacl,
 * which knows their text.
 */
public final class AccessControlList {
  /** Which of the two lists. */
  public enum Kind {
    ACCESS(0x8000),
    /** What files get that are made in a directory. */
    DEFAULT(0x4000);

    private final int number;

    Kind(int number) {
      this.number = number;
    }
  }

  private final String path;
  private final String subject;

  /** Of an open file, which stays the caller's to close. */
  public AccessControlList(Fd file) {
    path = file.procPath();
    subject = file.name();
  }

  /** The list in its long text form, with a line break behind each entry. */
  public String get(Kind kind) {
    Scratch scratch = Scratch.take();
    long acl = Library.GET.call(scratch, scratch.string(path), kind.number, 0, 0, 0, 0, 0);
    requireSuccess(acl != 0, scratch, "acl_get_file");
    try {
      return text(acl);
    } finally {
      free(acl);
    }
  }

  /** Replaces the list by one in either text form. */
  public void set(Kind kind, String text) {
    Scratch scratch = Scratch.take();
    long acl = Library.PARSE.call(scratch, scratch.string(text), 0, 0, 0, 0, 0, 0);
    if (acl == 0) {
      throw new CallException(Errno.EINVAL, "'" + text + "' is not an access control list");
    }
    try {
      scratch = Scratch.take();
      int result = Library.SET.callInt(scratch, scratch.string(path), kind.number, acl, 0, 0, 0);
      requireSuccess(result == 0, scratch, "acl_set_file");
    } finally {
      free(acl);
    }
  }

  /** Removes the default list, if there is one. */
  public void removeDefault() {
    Scratch scratch = Scratch.take();
    int result = Library.REMOVE_DEFAULT.callInt(scratch, scratch.string(path), 0, 0, 0, 0, 0);
    requireSuccess(result == 0, scratch, "acl_delete_def_file");
  }

  private String text(long acl) {
    Scratch scratch = Scratch.take();
    long text = Library.FORMAT.call(scratch, acl, 0, 0, 0, 0, 0, 0);
    requireSuccess(text != 0, scratch, "acl_to_text");
    try {
      return NativeLibrary.text(text);
    } finally {
      free(text);
    }
  }

  private void requireSuccess(boolean success, Scratch scratch, String call) {
    if (!success) {
      throw CallException.failed(call + ": " + subject, Errno.of(scratch.errno()));
    }
  }

  private static void free(long address) {
    Library.FREE.callInt(Scratch.take(), address, 0, 0, 0, 0, 0);
  }

  /** Loaded by the first call that needs it. */
  private static final class Library {
    private static final NativeLibrary ACL = NativeLibrary.load("libacl.so.1");
    static final NativeFunction GET = ACL.function("acl_get_file");
    static final NativeFunction SET = ACL.function("acl_set_file");
    static final NativeFunction REMOVE_DEFAULT = ACL.function("acl_delete_def_file");
    static final NativeFunction PARSE = ACL.function("acl_from_text");
    static final NativeFunction FORMAT = ACL.function("acl_to_text");
    static final NativeFunction FREE = ACL.function("acl_free");
  }
}
