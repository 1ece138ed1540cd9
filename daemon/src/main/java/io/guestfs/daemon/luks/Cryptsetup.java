package io.guestfs.daemon.luks;

import io.guestfs.calls.value.Device;
import io.guestfs.calls.value.Key;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.FileStatus;
import io.guestfs.daemon.tool.Tool;
import java.util.Arrays;
import java.util.List;

/**
 * The program that makes and opens encrypted volumes. It reads a key from its standard input, to
 * the end, so that none is seen among its arguments or on a disk.
 */
public final class Cryptsetup {
  private static final String MAPPER = "/dev/mapper/";
  private static final String KEY_FROM_INPUT = "--key-file=-";

  private Cryptsetup() {}

  /** Runs a command that needs a key; what follows its options are names. */
  public static void run(Key key, List<String> options, String command, String... names) {
    byte[] bytes = key.bytes();
    try {
      Tool.of("cryptsetup", "--batch-mode", KEY_FROM_INPUT)
          .args(options)
          .args(command, "--")
          .args(names)
          .input(bytes)
          .run();
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** Opens a volume as {@code /dev/mapper/NAME}. */
  public static void open(Device device, Key key, String name, List<String> options) {
    requireFree(name);
    run(key, options, "open", device.name(), name);
  }

  private static void requireFree(String name) {
    if (name.isEmpty() || name.indexOf('/') >= 0) {
      throw new CallException(
          Errno.EINVAL, "'" + name + "': a mapname is a name in " + MAPPER + ", without slashes");
    }
    // That of the device mapper itself, /dev/mapper/control, is always there.
    if (FileStatus.of(MAPPER + name) != null) {
      throw new CallException(Errno.EEXIST, MAPPER + name + " is there already");
    }
  }

  /** Closes what {@link #open} opened. */
  public static void close(Device device) {
    if (!device.name().startsWith(MAPPER)) {
      throw new CallException(
          Errno.EINVAL, device + ": what opening a volume made is in " + MAPPER);
    }
    Tool.of("cryptsetup", "close", "--", device.name().substring(MAPPER.length())).run();
  }

  /** The UUID of a LUKS volume. */
  public static String uuid(Device device) {
    return Tool.of("cryptsetup", "luksUUID", "--", device.name()).run().strip();
  }
}
