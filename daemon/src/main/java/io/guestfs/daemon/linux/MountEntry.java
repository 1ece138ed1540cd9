package io.guestfs.daemon.linux;

import io.guestfs.daemon.error.CallException;
import io.guestfs.protocol.xdr.GuestString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of {@code /proc/self/mountinfo}.
 *
 * @param id of the mount, as {@code statx(2)} gives it too
 * @param root what of the file system is mounted: of btrfs, the path of the subvolume
 * @param mountPoint a path of the daemon's own system
 * @param type of the file system
 * @param source mostly a device
 */
public record MountEntry(long id, String root, String mountPoint, String type, String source) {
  private static final Path MOUNTINFO = Path.of("/proc/self/mountinfo");
  private static final int FIXED_FIELDS = 6;
  private static final String END_OF_OPTIONAL_FIELDS = "-";

  /** The kernel writes white space and backslashes so. */
  private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");

  /** All mounts of this moment, in the order of mounting. */
  public static List<MountEntry> all() {
    try {
      return parse(GuestString.decode(Files.readAllBytes(MOUNTINFO)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<MountEntry> parse(String mountinfo) {
    List<MountEntry> entries = new ArrayList<>();
    // Not lines(): a carriage return is no end of line here.
    for (String line : mountinfo.split("\n", -1)) {
      if (!line.isEmpty()) {
        entries.add(parseLine(line));
      }
    }
    return entries;
  }

  private static MountEntry parseLine(String line) {
    List<String> fields = List.of(line.split(" ", -1));
    int end = fields.indexOf(END_OF_OPTIONAL_FIELDS);
    if (end < FIXED_FIELDS || fields.size() < end + 3) {
      throw new CallException("/proc/self/mountinfo: this line is not understood: " + line);
    }
    return new MountEntry(
        Long.parseLong(fields.get(0)),
        unescape(fields.get(3)),
        unescape(fields.get(4)),
        fields.get(end + 1),
        unescape(fields.get(end + 2)));
  }

  private static String unescape(String field) {
    if (field.indexOf('\\') < 0) {
      return field;
    }
    return OCTAL
        .matcher(field)
        .replaceAll(
            escape ->
                Matcher.quoteReplacement(Character.toString(Integer.parseInt(escape.group(1), 8))));
  }
}
