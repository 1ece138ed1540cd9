package io.guestfs.daemon.path;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.guestfs.protocol.xdr.GuestString;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A pattern for one component of a path, as fnmatch(3) matches it. A character is a byte: nobody
 * says what encoding the names in a guest have.
 */
final class NamePattern {
  private enum Wildcard implements IntPredicate {
    /** Any number of characters. */
    STAR,
    /** One character. */
    ANY;

    @Override
    public boolean test(int character) {
      return true;
    }
  }

  private static final int BYTE = 0xff;

  private final List<IntPredicate> parts = new ArrayList<>();

  /** The pattern without its escapes, a character for each byte. */
  private final StringBuilder text = new StringBuilder();

  private boolean isLiteral = true;
  private boolean startsWithDot;

  private NamePattern() {}

  static NamePattern of(String pattern) {
    NamePattern result = new NamePattern();
    byte[] characters = GuestString.encode(pattern);
    int at = 0;
    while (at < characters.length) {
      at = result.add(characters, at);
    }
    result.startsWithDot = result.text.indexOf(".") == 0;
    return result;
  }

  /** Whether a dot in front of a name is one of the pattern's. */
  boolean startsWithDot() {
    return startsWithDot;
  }

  /** The name, when the pattern can match only one. */
  @Nullable String literal() {
    return isLiteral ? GuestString.decode(text.toString().getBytes(ISO_8859_1)) : null;
  }

  /** Whether it matches all of a name; a dot in front is matched by a dot only. */
  boolean matches(String name) {
    if (name.startsWith(".") && !startsWithDot) {
      return false;
    }
    byte[] characters = GuestString.encode(name);
    int part = 0;
    int at = 0;
    int lastStar = -1;
    int retry = 0;
    while (at < characters.length) {
      if (part < parts.size() && parts.get(part) == Wildcard.STAR) {
        lastStar = part++;
        retry = at;
      } else if (part < parts.size() && parts.get(part).test(characters[at] & BYTE)) {
        part++;
        at++;
      } else if (lastStar >= 0) {
        part = lastStar + 1;
        at = ++retry;
      } else {
        return false;
      }
    }
    while (part < parts.size() && parts.get(part) == Wildcard.STAR) {
      part++;
    }
    return part == parts.size();
  }

  /** Adds what begins at {@code at}; returns where the next begins. */
  private int add(byte[] pattern, int at) {
    switch (pattern[at]) {
      case '*' -> addSpecial(Wildcard.STAR);
      case '?' -> addSpecial(Wildcard.ANY);
      case '[' -> {
        Bracket bracket = Bracket.parse(pattern, at);
        if (bracket == null) {
          addLiteral('[');
        } else {
          addSpecial(bracket);
          return bracket.end();
        }
      }
      case '\\' -> {
        if (at + 1 < pattern.length) {
          addLiteral(pattern[at + 1]);
          return at + 2;
        }
        addLiteral('\\');
      }
      default -> addLiteral(pattern[at]);
    }
    return at + 1;
  }

  private void addSpecial(IntPredicate part) {
    if (text.isEmpty()) {
      // Keeps a dot behind it from being taken for the first character.
      text.append('*');
    }
    parts.add(part);
    isLiteral = false;
  }

  private void addLiteral(int signed) {
    int character = signed & BYTE;
    parts.add(c -> c == character);
    text.append((char) character);
  }
}
