package io.guestfs.daemon.md;

import io.guestfs.calls.MdCreateOptions;
import io.guestfs.calls.value.Device;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An array that is to be made.
 *
 * @param level how content is spread
 * @param active how many members it has that are not spare
 * @param spare how many members are spare
 * @param chunkKilobytes 0 for what mdadm takes by itself
 * @param members devices and, where one is missing, {@link #MISSING}
 */
record ArrayPlan(String level, int active, int spare, long chunkKilobytes, List<String> members) {
  static final String MISSING = "missing";

  private static final Set<String> LEVELS =
      Set.of(
          "linear", "raid0", "0", "stripe", "raid1", "1", "mirror", "raid4", "4", "raid5", "5",
          "raid6", "6", "raid10", "10");
  private static final int KILOBYTE = 1024;
  private static final int ACTIVE_MIN = 2;

  /** Fails with {@code EINVAL} when devices and options do not go together. */
  static ArrayPlan of(List<Device> devices, MdCreateOptions options) {
    List<String> members =
        members(devices, Objects.requireNonNullElse(options.missingbitmap(), 0L));
    int spare = Objects.requireNonNullElse(options.spare(), 0);
    if (spare < 0) {
      throw refused("spare is " + spare + ": it must not be negative");
    }
    int active = Objects.requireNonNullElse(options.nrdevices(), members.size() - spare);
    if (active < ACTIVE_MIN) {
      throw refused("an array of " + active + " devices: it needs " + ACTIVE_MIN);
    }
    if (active + spare != members.size()) {
      throw refused(
          "%d devices and %d spare ones are wanted, but %d are given or missing"
              .formatted(active, spare, members.size()));
    }
    return new ArrayPlan(level(options.level()), active, spare, chunk(options.chunk()), members);
  }

  /** The arguments of {@code mdadm --create}, names excluded. */
  List<String> options() {
    List<String> options = new ArrayList<>(List.of("--level=" + level, "--raid-devices=" + active));
    if (spare > 0) {
      options.add("--spare-devices=" + spare);
    }
    if (chunkKilobytes > 0) {
      options.add("--chunk=" + chunkKilobytes);
    }
    return options;
  }

  private static List<String> members(List<Device> devices, long missing) {
    List<String> members = new ArrayList<>();
    int next = 0;
    for (int place = 0; place < Long.SIZE || next < devices.size(); place++) {
      if (place < Long.SIZE && (missing & (1L << place)) != 0) {
        members.add(MISSING);
      } else if (next < devices.size()) {
        members.add(devices.get(next++).name());
      } else if (place < Long.SIZE && missing >>> place != 0) {
        throw refused("missingbitmap has bits behind the last device");
      }
    }
    return members;
  }

  private static String level(@Nullable String level) {
    if (level == null) {
      return "raid1";
    }
    if (!LEVELS.contains(level)) {
      throw refused("'" + level + "' is no level of RAID");
    }
    return level;
  }

  private static long chunk(@Nullable Long bytes) {
    if (bytes == null) {
      return 0;
    }
    if (bytes <= 0 || bytes % KILOBYTE != 0) {
      throw refused("chunk is " + bytes + ": it must be a multiple of " + KILOBYTE);
    }
    return bytes / KILOBYTE;
  }

  private static CallException refused(String why) {
    return new CallException(Errno.EINVAL, why);
  }
}
