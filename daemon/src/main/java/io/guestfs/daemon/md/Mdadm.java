package io.guestfs.daemon.md;

import io.guestfs.calls.MDStat;
import io.guestfs.calls.MdCreateOptions;
import io.guestfs.calls.value.Device;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.tool.Tool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The program that makes and stops arrays. */
public final class Mdadm {
  private static final String PREFIX = "MD_";

  private Mdadm() {}

  /** Makes an array and starts it. */
  public static void create(String name, List<Device> devices, MdCreateOptions options) {
    // It knows no -- after which there are only names.
    if (name.isEmpty() || name.startsWith("-")) {
      throw new CallException(Errno.EINVAL, "'" + name + "' is no name of an array");
    }
    ArrayPlan plan = ArrayPlan.of(devices, options);
    // --run: even if something was on the devices before.
    mdadm("--create", "--run").args(plan.options()).args(name).args(plan.members()).run();
  }

  /** What an array says of itself. */
  public static Map<String, String> detail(Device array) {
    return parseDetail(mdadm("--detail", "--export", array.name()).run());
  }

  /** Reads lines such as {@code MD_LEVEL=raid1}, of which the key becomes {@code level}. */
  static Map<String, String> parseDetail(String output) {
    Map<String, String> detail = new LinkedHashMap<>();
    for (String line : output.lines().toList()) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        String key = line.substring(0, equals);
        String name = key.startsWith(PREFIX) ? key.substring(PREFIX.length()) : key;
        detail.put(name.toLowerCase(Locale.ROOT), line.substring(equals + 1));
      }
    }
    return detail;
  }

  /** Stops an array. */
  public static void stop(Device array) {
    mdadm("--stop", array.name()).run();
  }

  /**
   * The members of an array.
   *
   * @param userName how users call a device of this kernel's name
   */
  public static List<MDStat> members(Device array, UnaryOperator<String> userName) {
    return MdStatus.read().members(MdStatus.kernelName(array), userName);
  }

  /** It makes the nodes of arrays itself, since nobody else would. */
  private static Tool mdadm(String... arguments) {
    return Tool.of("mdadm", arguments).environment("MDADM_NO_UDEV=1");
  }
}
