package io.guestfs.appliance.disk;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.guestfs.appliance.MachineConfig;

/**
 * The disk of a machine that comes up before it has any. The guest knows it already when the first
 * drive takes its place behind it, and only looks at it again: to get to know a new disk is, under
 * emulation, most of a launch.
 */
public final class Placeholder {

  /** Behind those of all drives; the daemon knows this disk by it. */
  public static final int TARGET = MachineConfig.MAX_DRIVES;

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String NODE = "placeholder0";
  private static final String DEVICE = "placeholder";

  /** Room for what looks for partitions. */
  private static final long BYTES = 1 << 20;

  private Placeholder() {}

  /**
   * Describes its content, of which there is none.
   *
   * @return argument of {@code -blockdev}
   */
  public static ObjectNode node() {
    return PreparedDrive.zeroes(BYTES).put("node-name", NODE);
  }

  /**
   * Describes the disk that the guest sees.
   *
   * @param bus id of the SCSI host adapter, with {@code .0}
   * @return argument of {@code -device}
   */
  public static ObjectNode device(String bus) {
    return PreparedDrive.scsiDisk(DEVICE, bus, TARGET, NODE);
  }

  /**
   * Puts something else behind the disk; the guest has to be told.
   *
   * @param node name of a block node that can be written to
   * @return argument of {@code qom-set}
   */
  static ObjectNode becomes(String node) {
    return JSON.objectNode()
        .put("path", "/machine/peripheral/" + DEVICE)
        .put("property", "drive")
        .put("value", node);
  }

  /**
   * Takes the disk out.
   *
   * @return argument of {@code device_del}
   */
  public static ObjectNode removal() {
    return JSON.objectNode().put("id", DEVICE);
  }
}
