package io.guestfs.daemon.path;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import java.util.ArrayList;
import java.util.List;

/** Expands <code>{a,b}</code> in patterns: each alternative gives a pattern of its own. */
final class Braces {
  /** More than this nobody means, and the number grows with the product of all braces. */
  private static final int PATTERNS_MAX = 10_000;

  private Braces() {}

  static List<String> expand(String pattern) {
    List<String> patterns = new ArrayList<>();
    expand("", pattern, patterns);
    return patterns;
  }

  private static void expand(String before, String pattern, List<String> patterns) {
    int open = findOpen(pattern);
    int close = open < 0 ? -1 : findClose(pattern, open);
    if (close < 0) {
      if (patterns.size() == PATTERNS_MAX) {
        throw new CallException(
            Errno.E2BIG, "the braces of the pattern give more than " + PATTERNS_MAX + " patterns");
      }
      patterns.add(before + pattern);
      return;
    }
    String head = before + pattern.substring(0, open);
    String rest = pattern.substring(close + 1);
    for (String alternative : split(pattern.substring(open + 1, close))) {
      expand(head, alternative + rest, patterns);
    }
  }

  /** The first brace that opens alternatives. */
  private static int findOpen(String pattern) {
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '{') {
        return i;
      }
    }
    return -1;
  }

  /** The brace that closes the one at {@code open}; -1 when none does. */
  private static int findClose(String pattern, int open) {
    int depth = 0;
    for (int i = open; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '{') {
        depth++;
      } else if (c == '}' && --depth == 0) {
        return i;
      }
    }
    return -1;
  }

  /** At the commas that are in no inner braces. */
  private static List<String> split(String alternatives) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < alternatives.length(); i++) {
      switch (alternatives.charAt(i)) {
        case '\\' -> i++;
        case '{' -> depth++;
        case '}' -> depth--;
        case ',' -> {
          if (depth == 0) {
            parts.add(alternatives.substring(start, i));
            start = i + 1;
          }
        }
        default -> {}
      }
    }
    parts.add(alternatives.substring(start));
    return parts;
  }
}
