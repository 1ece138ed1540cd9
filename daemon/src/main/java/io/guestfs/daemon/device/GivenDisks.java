package io.guestfs.daemon.device;

import java.util.ArrayList;
import java.util.List;

/**
 * The disks that a machine is given, which has none of anybody's.
 *
 * @param placeholderTaken whether the first of them has taken the {@link Placeholder}'s place;
 *     otherwise that is taken out
 * @param targets SCSI targets of those that are plugged in
 */
public record GivenDisks(boolean placeholderTaken, List<Integer> targets) {
  /** The list of one disk, in the placeholder's place. */
  public static final String PLACEHOLDER = "placeholder";

  private static final String NONE = "-";

  /**
   * Parses targets with commas between them, the first of which may be {@code placeholder}, or
   * {@code -} for none.
   *
   * @throws IllegalArgumentException when it is anything else
   */
  public static GivenDisks parse(String list) {
    boolean placeholderTaken = false;
    List<Integer> targets = new ArrayList<>();
    if (!list.equals(NONE)) {
      for (String target : list.split(",", -1)) {
        if (target.equals(PLACEHOLDER) && !placeholderTaken && targets.isEmpty()) {
          placeholderTaken = true;
        } else {
          targets.add(Integer.parseInt(target));
        }
      }
    }
    return new GivenDisks(placeholderTaken, targets);
  }
}
