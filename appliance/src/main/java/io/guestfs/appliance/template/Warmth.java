package io.guestfs.appliance.template;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How far the daemon of a template had come when its machine was saved. Each kind has a lock of its
 * own, since who needs a fresh one does not wait for who warms another.
 */
public enum Warmth {
  /** It could serve, and had not yet. */
  FRESH,
  /** It had made the frequent calls until they were fast. */
  WARM;

  /** As it stands in records and in names of files. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Null when no record of ours says so. */
  static @Nullable Warmth of(@Nullable String word) {
    for (Warmth warmth : values()) {
      if (warmth.word().equals(word)) {
        return warmth;
      }
    }
    return null;
  }
}
