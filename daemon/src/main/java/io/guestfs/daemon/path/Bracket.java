package io.guestfs.daemon.path;

import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A set of characters in a pattern, which are bytes: {@code [abc]}, {@code [a-z]}, {@code [!a]},
 * {@code [[:digit:]]}.
 *
 * @param end where in the pattern the next thing begins
 */
record Bracket(List<IntPredicate> members, boolean negated, int end) implements IntPredicate {

  /** Reads the set that begins at {@code start}; null when nothing closes it. */
  static @Nullable Bracket parse(byte[] pattern, int start) {
    return new BracketReader(pattern, start).read();
  }

  @Override
  public boolean test(int character) {
    return members.stream().anyMatch(member -> member.test(character)) != negated;
  }
}
