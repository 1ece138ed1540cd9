package io.guestfs.daemon.filesystem;

import io.guestfs.calls.XFSInfo;
import io.guestfs.calls.value.Device;
import io.guestfs.calls.value.GuestPath;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.mount.Mounts;
import io.guestfs.daemon.tool.Tool;
import io.guestfs.daemon.tool.ToolResult;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The geometry of an xfs file system, as its programs print it: lines of {@code section=what
 * key=value, key=value}, of which those that continue a section have only blanks before the first
 * equals sign.
 *
 * @param fields {@code section.key} to value, and {@code section} to what it is, in their order
 */
public record XfsGeometry(Map<String, String> fields) {
  private static final Pattern LINE = Pattern.compile("([a-z-]*) *=(.*)");
  private static final Pattern FIELD = Pattern.compile("([\\w-]+)=(\\d+(?: (?:blks|extents))?)");

  /** That of a device, mounted or not. */
  public static XfsGeometry of(Device device, Mounts mounts) {
    String place = mounts.place(device);
    // What a mounted one has on its device may be older than what the kernel knows.
    return place == null ? read("xfs_db", "-r", device.name()) : read("xfs_spaceman", place);
  }

  /** That of the mounted file system that a file is in. */
  public static XfsGeometry of(GuestPath path, Mounts mounts) {
    return read("xfs_spaceman", mounts.place(path));
  }

  private static XfsGeometry read(String program, String... arguments) {
    Tool tool = Tool.of(program, "-p", "xfs_info", "-c", "info");
    ToolResult result = tool.args(arguments).attempt();
    XfsGeometry geometry = parse(result.output());
    // On what is no xfs it may say so, and end well nevertheless.
    if (!result.status().isSuccess() || geometry.fields.isEmpty()) {
      throw result.failure();
    }
    return geometry;
  }

  static XfsGeometry parse(String output) {
    Map<String, String> fields = new LinkedHashMap<>();
    String section = "";
    for (String line : output.split("\n", -1)) {
      Matcher parts = LINE.matcher(line);
      if (!parts.matches()) {
        continue;
      }
      String rest = parts.group(2);
      Matcher field = FIELD.matcher(rest);
      boolean found = field.find();
      if (!parts.group(1).isEmpty()) {
        section = parts.group(1);
        fields.put(section, rest.substring(0, found ? field.start() : rest.length()).strip());
      }
      for (; found; found = field.find()) {
        fields.put(section + "." + field.group(1), field.group(2));
      }
    }
    return new XfsGeometry(fields);
  }

  /** The size of the data section in bytes. */
  public long sizeBytes() {
    return number("data.blocks") * number("data.bsize");
  }

  /** The same as a structure. */
  public XFSInfo info() {
    return new XFSInfo(
        text("meta-data"),
        number("meta-data.isize"),
        number("meta-data.agcount"),
        number("meta-data.agsize"),
        number("meta-data.sectsz"),
        number("meta-data.attr"),
        number("data.bsize"),
        number("data.blocks"),
        number("data.imaxpct"),
        number("data.sunit"),
        number("data.swidth"),
        number("naming"),
        number("naming.bsize"),
        number("naming.ascii-ci"),
        text("log"),
        number("log.bsize"),
        number("log.blocks"),
        number("log.version"),
        number("log.sectsz"),
        number("log.sunit"),
        number("log.lazy-count"),
        text("realtime"),
        number("realtime.extsz"),
        number("realtime.blocks"),
        number("realtime.rtextents"));
  }

  private String text(String key) {
    String value = fields.get(key);
    if (value == null) {
      throw new CallException("xfs_info: its output lacks " + key);
    }
    return value;
  }

  /** Without the unit behind, or the word before. */
  private long number(String key) {
    return Long.parseLong(text(key).replaceAll("\\D", ""));
  }
}
