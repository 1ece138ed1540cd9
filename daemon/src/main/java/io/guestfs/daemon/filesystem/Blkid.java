package io.guestfs.daemon.filesystem;

import io.guestfs.calls.value.Device;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.tool.Tool;
import io.guestfs.daemon.tool.ToolResult;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Recognises what is on devices by looking at them, never at what was found before. */
public final class Blkid {
  static final String TYPE = "TYPE";
  static final String PART_ENTRY_SCHEME = "PART_ENTRY_SCHEME";
  static final String PART_ENTRY_TYPE = "PART_ENTRY_TYPE";

  /** Of the device itself, whatever is on it. */
  private static final String MINIMUM_IO_SIZE = "MINIMUM_IO_SIZE";

  /** The name of the device itself. */
  public static final String DEVICE_NAME = "DEVNAME";

  private static final int NOTHING_FOUND = 2;

  private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");

  /** There are signatures of several file systems, so that none can be said to be there. */
  private static final int AMBIVALENT = 8;

  private Blkid() {}

  /** The type of what is on a device, empty when it is not recognised. */
  public static String type(Device device) {
    return tag(device, TYPE);
  }

  /** The label, empty when there is none. */
  public static String label(Device device) {
    return tag(device, "LABEL");
  }

  /** The UUID, empty when there is none. */
  public static String uuid(Device device) {
    return tag(device, "UUID");
  }

  /** All that is known of a device, its name included. */
  public static Map<String, String> tags(Device device) {
    String output = Tool.of("blkid", "-p", "-i", "-o", "export", "--", device.name()).run();
    Map<String, String> tags = new LinkedHashMap<>();
    for (String line : output.split("\n", -1)) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        String tag = line.substring(0, equals);
        String value = line.substring(equals + 1);
        tags.put(tag, isGarbled(value) ? tag(device, tag) : unescape(value));
      }
    }
    return tags;
  }

  /** The device on which this tag has this value; one of them, when there are several. */
  public static Device find(String tag, String value) {
    String wanted = tag + "=" + value;
    // Without what was found before, which may have changed.
    Tool blkid = Tool.of("blkid", "-c", "/dev/null", "-l", "-o", "device", "-t", wanted);
    ToolResult result = blkid.attempt();
    String device = result.output().strip();
    if (!result.status().isSuccess() || device.isEmpty()) {
      throw new CallException(Errno.ENOENT, wanted + ": there is no such device");
    }
    return new Device(device);
  }

  /** Takes back that what means something to a shell is written with a backslash before it. */
  static String unescape(String value) {
    return ESCAPE.matcher(value).replaceAll("$1");
  }

  /** Whether bytes that are not ASCII may have been written as {@code M-C} and the like. */
  private static boolean isGarbled(String value) {
    return value.contains("M-") || value.contains("^");
  }

  private static String tag(Device device, String tag) {
    ToolResult result =
        Tool.of("blkid", "-p", "-o", "value", "-s", tag, "--", device.name()).attempt();
    if (result.status().isSignalled()) {
      throw result.failure();
    }
    return switch (result.status().code()) {
      case 0 -> result.output().replaceFirst("\n$", "");
      case NOTHING_FOUND, AMBIVALENT -> "";
      default -> throw result.failure();
    };
  }

  /**
   * Type and kind of partition of many devices, by name. A device of which nothing can be said, as
   * when it cannot be read, is not among them.
   */
  static Map<String, Map<String, String>> probe(List<Device> devices) {
    Map<String, Map<String, String>> found = new HashMap<>();
    int next = 0;
    while (next < devices.size()) {
      Map<String, Map<String, String>> some =
          probeUpToFailure(devices.subList(next, devices.size()));
      found.putAll(some);
      next += some.size() + 1;
    }
    return found;
  }

  /**
   * One run, which is one process for all devices. It ends at the first device on which it finds
   * nothing; so it is asked for something that all have.
   */
  private static Map<String, Map<String, String>> probeUpToFailure(List<Device> devices) {
    Tool blkid = Tool.of("blkid", "-p", "-i", "-o", "export");
    for (String tag : List.of(MINIMUM_IO_SIZE, TYPE, PART_ENTRY_SCHEME, PART_ENTRY_TYPE)) {
      blkid.args("-s", tag);
    }
    return parse(
        blkid.args("--").args(devices.stream().map(Device::name).toList()).attempt().output());
  }

  /** Reads blocks of {@code NAME=value} lines, each of which begins with the device. */
  static Map<String, Map<String, String>> parse(String output) {
    Map<String, Map<String, String>> devices = new LinkedHashMap<>();
    Map<String, String> tags = new LinkedHashMap<>();
    for (String line : output.lines().toList()) {
      int equals = line.indexOf('=');
      if (equals < 0) {
        continue;
      }
      String name = line.substring(0, equals);
      String value = line.substring(equals + 1);
      if (name.equals(DEVICE_NAME)) {
        tags = new LinkedHashMap<>();
        devices.put(value, tags);
      } else {
        tags.put(name, value);
      }
    }
    return devices;
  }
}
