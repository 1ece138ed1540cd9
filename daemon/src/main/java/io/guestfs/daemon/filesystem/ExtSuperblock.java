package io.guestfs.daemon.filesystem;

import io.guestfs.calls.value.Device;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.tool.Tool;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What tune2fs(8) lists.
 *
 * @param fields by their names, in the order of the list
 */
public record ExtSuperblock(Map<String, String> fields) {
  private static final Set<String> NOTHING = Set.of("<none>", "<not available>", "(none)");

  /** Lists that of a device. */
  public static ExtSuperblock of(Device device) {
    return parse(Tool.of("tune2fs", "-l", device.name()).run());
  }

  static ExtSuperblock parse(String output) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String line : output.split("\n", -1)) {
      int colon = line.indexOf(':');
      // The first line is about the program.
      if (colon > 0) {
        String value = line.substring(colon + 1).strip();
        fields.put(line.substring(0, colon), NOTHING.contains(value) ? "" : value);
      }
    }
    return new ExtSuperblock(fields);
  }

  /** The size of a block in bytes. */
  public long blockSize() {
    String size = fields.get("Block size");
    if (size == null) {
      throw new CallException("tune2fs: its output lacks the size of a block");
    }
    return Long.parseLong(size);
  }
}
