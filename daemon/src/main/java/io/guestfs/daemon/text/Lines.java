package io.guestfs.daemon.text;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import java.util.ArrayList;
import java.util.List;

/** Cuts text into lines. */
public final class Lines {
  private Lines() {}

  /**
   * The lines without their ends, which are {@code \n}. What follows the last end is a line unless
   * it is empty.
   *
   * @param what whose lines they are, for the error that a NUL gives
   */
  public static List<String> of(String text, String what) {
    if (text.indexOf('\0') >= 0) {
      throw new CallException(
          Errno.EINVAL, what + ": there is a NUL, so these are no lines of text");
    }
    List<String> lines = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      if (end < 0) {
        end = text.length();
      }
      lines.add(text.substring(start, end));
      start = end + 1;
    }
    return lines;
  }
}
