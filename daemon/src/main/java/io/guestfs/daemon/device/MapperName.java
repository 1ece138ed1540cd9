package io.guestfs.daemon.device;

import io.guestfs.calls.value.Device;
import io.guestfs.daemon.linux.FileStatus;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names of logical volumes as the device mapper knows them. */
public final class MapperName {
  private static final String FOLDER = "/dev/mapper/";

  /** Volume group and logical volume with a hyphen between; their own hyphens are doubled. */
  private static final Pattern VOLUME = Pattern.compile("((?:[^-]|--)+)-((?:[^-]|--)+)");

  private MapperName() {}

  /** {@code /dev/VG/LV} for a logical volume given as {@code /dev/mapper/VG-LV}, or the same. */
  public static Device canonical(Device device) {
    if (!device.name().startsWith(FOLDER)) {
      return device;
    }
    String volume = volume(device.name().substring(FOLDER.length()));
    // What is no logical volume may be called like one.
    return volume == null || FileStatus.of(volume) == null ? device : new Device(volume);
  }

  static @Nullable String volume(String mapperName) {
    Matcher name = VOLUME.matcher(mapperName);
    return name.matches() ? "/dev/" + single(name.group(1)) + "/" + single(name.group(2)) : null;
  }

  private static String single(String doubled) {
    return doubled.replace("--", "-");
  }
}
