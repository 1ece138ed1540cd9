package io.guestfs.appliance.disk;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.guestfs.appliance.ApplianceConfigurationException;
import io.guestfs.appliance.CacheMode;
import io.guestfs.appliance.Discard;
import io.guestfs.appliance.DiskFormat;
import io.guestfs.appliance.Drive;
import io.guestfs.appliance.DriveSource;
import io.guestfs.appliance.DriveSource.NbdServer;
import io.guestfs.appliance.host.HostUser;
import io.guestfs.appliance.host.HostUser.Access;
import io.guestfs.appliance.host.HostUser.Need;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A drive that was looked at, as descriptions of block nodes and of the SCSI disk for qemu's
 * monitor. Every format and every file is explicit in them; qemu probes nothing.
 *
 * <p>A writable drive is one tree of nodes. A read-only one is a read-only tree with an overlay on
 * top, as in libguestfs: a file system with a journal to replay can be mounted all the same.
 */
public final class PreparedDrive {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final int target;
  private final Drive drive;
  private final @Nullable ImageChain chain;

  private PreparedDrive(int target, Drive drive, @Nullable ImageChain chain) {
    this.target = target;
    this.drive = drive;
    this.chain = chain;
  }

  /**
   * Looks at a drive; reads files and may block.
   *
   * @param target SCSI target, which is also the place in the order of the guest's disks
   * @param drive the drive
   * @return what qemu has to be told
   * @throws ApplianceConfigurationException when the image cannot be used
   */
  public static PreparedDrive prepare(int target, Drive drive) {
    ImageChain chain =
        drive.source() instanceof DriveSource.Local local
            ? ImageInspector.inspect(local.path(), drive)
            : null;
    DiskFormat format = chain == null ? drive.format() : chain.format();
    if (drive.discard() == Discard.ENABLE
        && format != null
        && format != DiskFormat.RAW
        && format != DiskFormat.QCOW2) {
      throw new ApplianceConfigurationException(
          "drive %s: discard cannot be enabled for %s images; use raw or qcow2, or best effort"
              .formatted(drive.source(), format.qemuName()));
    }
    return new PreparedDrive(target, drive, chain);
  }

  /**
   * Looks at drives; reads files and may block.
   *
   * @param drives in the order of the guest's disks
   * @param user whom qemu runs as
   * @return each with its place as SCSI target
   * @throws ApplianceConfigurationException when an image cannot be used, or not by this user
   */
  public static List<PreparedDrive> prepareAll(List<Drive> drives, HostUser user) {
    List<PreparedDrive> prepared = new ArrayList<>();
    for (Drive drive : drives) {
      prepared.add(prepare(prepared.size(), drive));
    }
    user.require(prepared.stream().flatMap(PreparedDrive::needs).toList());
    return prepared;
  }

  /** What qemu must be allowed to open the drive. */
  private Stream<Need> needs() {
    if (chain != null) {
      return chain.needs(!drive.readOnly());
    }
    return drive.source() instanceof DriveSource.Nbd nbd
            && nbd.server() instanceof NbdServer.UnixSocket unix
        ? Stream.of(new Need(Access.WRITE, unix.socket()))
        : Stream.empty();
  }

  /**
   * The drive that was looked at.
   *
   * @return as it was given
   */
  public Drive drive() {
    return drive;
  }

  /**
   * Which disk of the guest it is.
   *
   * @return the SCSI target
   */
  public int target() {
    return target;
  }

  /**
   * Whether {@link #overlayNode} has to be added above the base.
   *
   * @return true for a read-only drive, and for a blank one
   */
  public boolean needsOverlay() {
    return drive.readOnly() || drive.source() instanceof DriveSource.Scratch;
  }

  /**
   * Name of the node that {@link #baseNode} makes.
   *
   * @return unique in a machine
   */
  public String baseName() {
    return needsOverlay() ? topName() + "-base" : topName();
  }

  private String topName() {
    return "drive" + target;
  }

  /**
   * Describes the image.
   *
   * @return argument of {@code blockdev-add}
   */
  public ObjectNode baseNode() {
    ObjectNode image = image();
    image.put("discard", discard());
    cache(image, drive.cacheMode() == CacheMode.UNSAFE);
    return needsOverlay() ? image.put("node-name", baseName()) : top(image);
  }

  /**
   * Makes the file of the overlay; may block. Once qemu has opened it, it can be removed: nobody
   * opens it again.
   *
   * @param file does not exist yet
   * @param virtualSize size of the disk in bytes
   * @throws IOException when it cannot be written
   */
  public void createOverlay(Path file, long virtualSize) throws IOException {
    BlankQcow2.create(file, virtualSize);
  }

  /**
   * Describes the overlay.
   *
   * @param file what {@link #createOverlay} made
   * @return argument of {@code blockdev-add}
   */
  public ObjectNode overlayNode(Path file) {
    ObjectNode overlay = JSON.objectNode().put("driver", DiskFormat.QCOW2.qemuName());
    overlay
        .putObject("file")
        .put("driver", "file")
        .put("filename", file.toString())
        .put("discard", "unmap");
    overlay.put("backing", baseName()).put("discard", "unmap");
    cache(overlay, true);
    return top(overlay);
  }

  /**
   * Describes the disk that the guest sees.
   *
   * @param bus id of the SCSI host adapter, with {@code .0}
   * @return argument of {@code device_add}
   */
  public ObjectNode device(String bus) {
    ObjectNode device = scsiDisk("disk" + target, bus, target, topName());
    if (drive.label() != null) {
      device.put("serial", drive.label());
    }
    if (drive.blockSize() != null) {
      device.put("logical_block_size", drive.blockSize());
      device.put("physical_block_size", drive.blockSize());
    }
    return device;
  }

  /**
   * Whether it can take the {@link Placeholder}'s place: it is the first disk, and the guest sees
   * nothing of it that a disk has from the start.
   *
   * @return false when it has to be plugged in
   */
  public boolean takesPlaceholder() {
    return target == 0 && drive.label() == null && drive.blockSize() == null;
  }

  /**
   * Puts the drive in the {@link Placeholder}'s place.
   *
   * @return argument of {@code qom-set}
   */
  public ObjectNode inPlaceholder() {
    return Placeholder.becomes(topName());
  }

  /**
   * Describes a disk that a guest sees, for {@code device_add}.
   *
   * @param id of the device
   * @param bus id of the SCSI host adapter, with {@code .0}
   * @param target SCSI target
   * @param node name of the block node with the content
   * @return the argument, to which more can be added
   */
  static ObjectNode scsiDisk(String id, String bus, int target, String node) {
    return JSON.objectNode()
        .put("driver", "scsi-hd")
        .put("id", id)
        .put("bus", bus)
        .put("channel", 0)
        .put("scsi-id", target)
        .put("lun", 0)
        .put("drive", node)
        // Otherwise qemu stops the machine when the host's disk is full, and no call is answered.
        .put("werror", "report")
        .put("rerror", "report");
  }

  private ObjectNode top(ObjectNode image) {
    if (!drive.copyOnRead()) {
      return image.put("node-name", topName());
    }
    ObjectNode filter = JSON.objectNode().put("driver", "copy-on-read");
    filter.set("file", image);
    return filter.put("node-name", topName());
  }

  private ObjectNode image() {
    if (chain != null) {
      return local(chain, drive.readOnly());
    }
    return drive.source() instanceof DriveSource.Scratch scratch ? blank(scratch) : remote();
  }

  /** What is written is in the overlay. */
  private static ObjectNode blank(DriveSource.Scratch scratch) {
    return zeroes(scratch.sizeBytes()).put("read-only", true);
  }

  /**
   * Describes zeroes that are nowhere, for {@code blockdev-add}.
   *
   * @param bytes how many
   * @return the argument, without a name
   */
  static ObjectNode zeroes(long bytes) {
    return JSON.objectNode().put("driver", "null-co").put("size", bytes).put("read-zeroes", true);
  }

  private ObjectNode local(ImageChain image, boolean readOnly) {
    String driver = image.format().qemuName();
    ObjectNode node = JSON.objectNode().put("driver", driver).put("read-only", readOnly);
    node.set("file", file(image.path(), image.blockDevice(), readOnly));
    if (image.dataFile() != null) {
      node.set("data-file", file(image.dataFile(), false, readOnly));
    }
    switch (image.format()) {
      case QCOW2, QCOW, QED, VMDK -> {
        // An explicit null keeps qemu from opening what the header names.
        if (image.backing() == null) {
          node.putNull("backing");
        } else {
          node.set("backing", local(image.backing(), true));
        }
      }
      default -> {
        // No other format has one.
      }
    }
    return node;
  }

  private ObjectNode file(Path path, boolean blockDevice, boolean readOnly) {
    ObjectNode node =
        JSON.objectNode()
            .put("driver", blockDevice ? "host_device" : "file")
            .put("filename", path.toString())
            .put("read-only", readOnly)
            .put("discard", discard());
    // As in libguestfs, a disk that somebody else writes to can be looked at.
    node.put("locking", drive.readOnly() ? "off" : "auto");
    cache(node, drive.cacheMode() == CacheMode.UNSAFE);
    return node;
  }

  private ObjectNode remote() {
    DriveSource.Nbd nbd = (DriveSource.Nbd) drive.source();
    DiskFormat format = drive.format() == null ? DiskFormat.RAW : drive.format();
    ObjectNode node =
        JSON.objectNode().put("driver", format.qemuName()).put("read-only", drive.readOnly());
    ObjectNode transport = node.putObject("file").put("driver", "nbd");
    ObjectNode server = transport.putObject("server");
    if (nbd.server() instanceof NbdServer.UnixSocket unix) {
      server.put("type", "unix").put("path", unix.socket().toAbsolutePath().toString());
    } else if (nbd.server() instanceof NbdServer.Tcp tcp) {
      server.put("type", "inet").put("host", tcp.host()).put("port", "" + tcp.port());
    }
    transport.put("export", nbd.export()).put("read-only", drive.readOnly());
    transport.put("discard", discard());
    if (format == DiskFormat.QCOW2) {
      node.putNull("backing");
    }
    return node;
  }

  private String discard() {
    return drive.discard() == Discard.DISABLE ? "ignore" : "unmap";
  }

  private static void cache(ObjectNode node, boolean unsafe) {
    node.putObject("cache").put("direct", false).put("no-flush", unsafe);
  }
}
