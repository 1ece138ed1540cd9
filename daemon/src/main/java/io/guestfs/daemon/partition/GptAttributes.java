package io.guestfs.daemon.partition;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import java.util.ArrayList;
import java.util.List;

/**
 * The attributes of a partition in a GPT: the bits of the table, and the words by which sfdisk
 * knows them. It has no words for the bits that are reserved.
 */
public final class GptAttributes {
  private static final List<String> LOW_BITS =
      List.of("RequiredPartition", "NoBlockIOProtocol", "LegacyBIOSBootable");
  private static final String HIGH_BITS = "GUID:";
  private static final int FIRST_HIGH_BIT = 48;

  private GptAttributes() {}

  /** Reads what sfdisk writes, such as {@code RequiredPartition GUID:60,63}. */
  public static long parse(String words) {
    long bits = 0;
    for (String word : words.split("[ ,]", -1)) {
      String name = word.startsWith(HIGH_BITS) ? word.substring(HIGH_BITS.length()) : word;
      if (LOW_BITS.contains(name)) {
        bits |= 1L << LOW_BITS.indexOf(name);
      } else if (name.matches("\\d{1,2}")) {
        bits |= 1L << Integer.parseInt(name);
      } else if (!name.isEmpty()) {
        throw new CallException("sfdisk: this attribute is not understood: " + words);
      }
    }
    return bits;
  }

  /** Writes what sfdisk reads; {@code EINVAL} for bits that are reserved. */
  public static String words(long bits) {
    List<String> words = new ArrayList<>();
    for (int bit = 0; bit < Long.SIZE; bit++) {
      if ((bits & (1L << bit)) != 0) {
        words.add(word(bit));
      }
    }
    return String.join(",", words);
  }

  private static String word(int bit) {
    if (bit < LOW_BITS.size()) {
      return LOW_BITS.get(bit);
    }
    if (bit < FIRST_HIGH_BIT) {
      throw new CallException(
          Errno.EINVAL, "bit " + bit + " of the attributes is reserved and cannot be set");
    }
    return HIGH_BITS + bit;
  }
}
