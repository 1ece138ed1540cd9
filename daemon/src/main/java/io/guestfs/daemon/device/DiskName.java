package io.guestfs.daemon.device;

import org.jspecify.annotations.Nullable;

/**
 * The name of a disk of which the kernel may have many, such as {@code sdab3} in {@code /dev}.
 *
 * @param prefix the kind of disk, {@code sd}
 * @param index which of them, counted from 0: {@code ab} is 27
 * @param partition what follows, {@code 3}, or empty for the whole disk
 */
record DiskName(String prefix, int index, String partition) {
  /** The prefix by which users know all disks. */
  static final String CANONICAL_PREFIX = "sd";

  private static final String[] PREFIXES = {CANONICAL_PREFIX, "hd", "vd", "ubd"};
  private static final int LETTERS = 26;

  /** More letters than any kernel gives. */
  private static final int LETTERS_MAX = 5;

  /** The parts of a name without {@code /dev/}; null when it is not of this form. */
  static @Nullable DiskName parse(String name) {
    for (String prefix : PREFIXES) {
      if (name.startsWith(prefix)) {
        return parse(prefix, name);
      }
    }
    return null;
  }

  private static @Nullable DiskName parse(String prefix, String name) {
    int at = prefix.length();
    int number = 0;
    while (at < name.length() && isLetter(name.charAt(at)) && at - prefix.length() < LETTERS_MAX) {
      number = number * LETTERS + (name.charAt(at) - 'a' + 1);
      at++;
    }
    String partition = name.substring(at);
    return number == 0 || !isNumber(partition) ? null : new DiskName(prefix, number - 1, partition);
  }

  /** The letters for the disk of this index: a, b … z, aa, ab … */
  static String letters(int index) {
    StringBuilder letters = new StringBuilder();
    for (int rest = index + 1; rest > 0; rest = (rest - 1) / LETTERS) {
      letters.append((char) ('a' + (rest - 1) % LETTERS));
    }
    return letters.reverse().toString();
  }

  /** The whole disk, without {@code /dev/}. */
  String disk() {
    return prefix + letters(index);
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z';
  }

  private static boolean isNumber(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
