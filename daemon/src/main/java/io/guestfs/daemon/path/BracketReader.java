package io.guestfs.daemon.path;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Reads a set of characters in brackets, with the classes of the locale C. */
final class BracketReader {
  private static final int BYTE = 0xff;

  private static final int DELETE = 0x7f;

  /** The length of {@code [:}, and of {@code :]}. */
  private static final int MARK = 2;

  private final byte[] pattern;
  private final List<IntPredicate> members = new ArrayList<>();
  private int at;

  BracketReader(byte[] pattern, int start) {
    this.pattern = pattern;
    at = start + 1;
  }

  @Nullable Bracket read() {
    boolean negated = isNext('!') || isNext('^');
    if (negated) {
      at++;
    }
    int first = at;
    while (at < pattern.length) {
      // In front, the bracket that would close the set is a member.
      if (pattern[at] == ']' && at > first) {
        return new Bracket(List.copyOf(members), negated, at + 1);
      }
      if (!readClass()) {
        readRange();
      }
    }
    return null;
  }

  private boolean isNext(int character) {
    return at < pattern.length && pattern[at] == character;
  }

  /** Reads {@code [:name:]} or {@code [=c=]}; false when it is something else. */
  private boolean readClass() {
    String name = named(':');
    IntPredicate named = name == null ? null : characterClass(name);
    if (named == null) {
      name = named('=');
      named = name == null || name.length() != 1 ? null : is(name.charAt(0));
    }
    if (name == null || named == null) {
      return false;
    }
    members.add(named);
    at += name.length() + 2 * MARK;
    return true;
  }

  private static IntPredicate is(int character) {
    return c -> c == character;
  }

  /** What is between a bracket with this mark here and the mark with a bracket; null for none. */
  private @Nullable String named(char mark) {
    String rest = new String(pattern, at, pattern.length - at, ISO_8859_1);
    int end = rest.startsWith("[" + mark) ? rest.indexOf(mark + "]", MARK) : -1;
    return end < 0 ? null : rest.substring(MARK, end);
  }

  private void readRange() {
    int low = readCharacter();
    int high = low;
    if (isNext('-') && at + 1 < pattern.length && pattern[at + 1] != ']') {
      at++;
      high = readCharacter();
    }
    int last = high;
    members.add(c -> low <= c && c <= last);
  }

  /** Reads a character, which may be written {@code [.c.]}. */
  private int readCharacter() {
    String name = named('.');
    if (name != null && name.length() == 1) {
      at += name.length() + 2 * MARK;
      return name.charAt(0);
    }
    if (pattern[at] == '\\' && at + 1 < pattern.length) {
      at++;
    }
    return pattern[at++] & BYTE;
  }

  private static @Nullable IntPredicate characterClass(String name) {
    return switch (name) {
      case "alnum" -> c -> isLetter(c) || isDigit(c);
      case "alpha" -> BracketReader::isLetter;
      case "blank" -> c -> c == ' ' || c == '\t';
      case "cntrl" -> c -> c < ' ' || c == DELETE;
      case "digit" -> BracketReader::isDigit;
      case "graph" -> BracketReader::isVisible;
      case "lower" -> BracketReader::isLower;
      case "print" -> c -> c == ' ' || isVisible(c);
      case "punct" -> c -> isVisible(c) && !isLetter(c) && !isDigit(c);
      case "space" -> c -> c == ' ' || ('\t' <= c && c <= '\r');
      case "upper" -> BracketReader::isUpper;
      case "xdigit" -> c -> isDigit(c) || ('a' <= c && c <= 'f') || ('A' <= c && c <= 'F');
      default -> null;
    };
  }

  private static boolean isLetter(int c) {
    return isLower(c) || isUpper(c);
  }

  private static boolean isLower(int c) {
    return 'a' <= c && c <= 'z';
  }

  private static boolean isUpper(int c) {
    return 'A' <= c && c <= 'Z';
  }

  private static boolean isDigit(int c) {
    return '0' <= c && c <= '9';
  }

  private static boolean isVisible(int c) {
    return ' ' < c && c < DELETE;
  }
}
