package io.guestfs.daemon.path;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Reads a set of characters in brackets. */
final class BracketReader {
  private final int[] pattern;
  private final List<IntPredicate> members = new ArrayList<>();
  private int at;

  BracketReader(int[] pattern, int start) {
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

  /** Reads {@code [:name:]}; false when it is something else. */
  private boolean readClass() {
    String rest = new String(pattern, at, pattern.length - at);
    int end = rest.startsWith("[:") ? rest.indexOf(":]", 2) : -1;
    IntPredicate members = end < 0 ? null : characterClass(rest.substring(2, end));
    if (members == null) {
      return false;
    }
    this.members.add(members);
    // All before the end are characters of ASCII, each one code point.
    at += end + 2;
    return true;
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

  private int readCharacter() {
    if (pattern[at] == '\\' && at + 1 < pattern.length) {
      at++;
    }
    return pattern[at++];
  }

  private static @Nullable IntPredicate characterClass(String name) {
    return switch (name) {
      case "alnum" -> Character::isLetterOrDigit;
      case "alpha" -> Character::isLetter;
      case "blank" -> c -> c == ' ' || c == '\t';
      case "cntrl" -> Character::isISOControl;
      case "digit" -> c -> '0' <= c && c <= '9';
      case "graph" -> c -> c > ' ' && !Character.isISOControl(c);
      case "lower" -> Character::isLowerCase;
      case "print" -> c -> c >= ' ' && !Character.isISOControl(c);
      case "punct" -> c -> c > ' ' && c < 0x7f && !Character.isLetterOrDigit(c);
      case "space" -> Character::isWhitespace;
      case "upper" -> Character::isUpperCase;
      case "xdigit" -> c -> Character.digit(c, 16) >= 0 && c < 0x7f;
      default -> null;
    };
  }
}
