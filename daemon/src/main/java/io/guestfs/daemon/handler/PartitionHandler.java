package io.guestfs.daemon.handler;

import io.guestfs.calls.Partition;
import io.guestfs.calls.value.Device;
import io.guestfs.calls.wire.PartitionCallsHandler;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.partition.Gpt;
import io.guestfs.daemon.partition.Parted;
import io.guestfs.daemon.partition.PartitionTable;
import io.guestfs.daemon.partition.Sfdisk;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Serves the calls about partition tables. */
public final class PartitionHandler implements PartitionCallsHandler {
  /**
   * Free sectors at both ends of {@link #partDisk}: aligned to 64 KiB, with room for either copy of
   * a GPT.
   */
  private static final int MARGIN = 128;

  private static final String PRIMARY = "primary";
  private static final String BOOT = "boot";
  private static final String TYPE = "--part-type";
  private static final String NAME = "--part-label";

  private static final Pattern MBR_ID = Pattern.compile("\\p{XDigit}{1,2}");
  private static final int HEXADECIMAL = 16;
  private static final int MBR_ID_MAX = 255;

  /** Partitions that stand in the MBR itself; logical ones are counted from there. */
  private static final int MBR_SLOTS = 4;

  /** With sectors numbered in either way, and of Linux. */
  private static final Set<Integer> EXTENDED_IDS = Set.of(0x5, 0xf, 0x85);

  @Override
  public void partInit(Device device, String parttype) {
    Parted.change(device, "mklabel", tableType(parttype));
  }

  @Override
  public void partAdd(Device device, String prlogex, long startsect, long endsect) {
    String kind = partitionKind(prlogex);
    if (startsect < 0) {
      throw new CallException(
          Errno.EINVAL, "startsect is " + startsect + ": only endsect may be negative");
    }
    // To parted the word is a name where a table has names, and anything would do.
    if (!kind.equals("primary") && Parted.read(device).type().equals("gpt")) {
      throw new CallException(
          Errno.EINVAL, device + ": a GPT has no " + kind + " partitions, only primary ones");
    }
    Parted.change(device, "mkpart", kind, startsect + "s", endsect + "s");
  }

  @Override
  public void partDisk(Device device, String parttype) {
    String type = tableType(parttype);
    String nameOrKind = type.equals("gpt") ? "p1" : "primary";
    Parted.change(device, "mklabel", type, "mkpart", nameOrKind, MARGIN + "s", "-" + MARGIN + "s");
  }

  @Override
  public List<Partition> partList(Device device) {
    return Parted.read(device).partitions();
  }

  @Override
  public String partGetParttype(Device device) {
    String type = Parted.read(device).type();
    if (type.equals(PartitionTable.NONE)) {
      throw new CallException(
          Errno.EINVAL, device + ": there is a file system, not a partition table");
    }
    return type;
  }

  @Override
  public void partDel(Device device, int partnum) {
    Parted.change(device, "rm", Sfdisk.number(partnum));
  }

  @Override
  public void partResize(Device device, int partnum, long endsect) {
    Parted.changeUnasked(device, "resizepart", Sfdisk.number(partnum), endsect + "s");
  }

  @Override
  public void partSetBootable(Device device, int partnum, boolean bootable) {
    Parted.change(device, "set", Sfdisk.number(partnum), BOOT, bootable ? "on" : "off");
  }

  @Override
  public boolean partGetBootable(Device device, int partnum) {
    Sfdisk.number(partnum);
    return Parted.read(device).flags(partnum).contains(BOOT);
  }

  @Override
  public void partSetName(Device device, int partnum, String name) {
    if (Gpt.isOn(device)) {
      Sfdisk.set(NAME, device, partnum, name);
    } else {
      Parted.change(device, "name", Sfdisk.number(partnum), quoted(name));
    }
  }

  /** parted takes its arguments apart as it does with a line that was typed. */
  private static String quoted(String name) {
    if (name.indexOf('"') >= 0 || name.indexOf('\\') >= 0) {
      throw new CallException(
          Errno.EINVAL, "'" + name + "': a name in this partition table cannot be quoted");
    }
    return '"' + name + '"';
  }

  @Override
  public String partGetName(Device device, int partnum) {
    Gpt.require(device);
    return Sfdisk.get(NAME, device, partnum);
  }

  @Override
  public int partGetMbrId(Device device, int partnum) {
    // One digit has a blank before it.
    String type = Sfdisk.get(TYPE, device, partnum).strip();
    if (!MBR_ID.matcher(type).matches()) {
      throw new CallException(Errno.EINVAL, device + ": there is no MBR partition table");
    }
    return Integer.parseInt(type, HEXADECIMAL);
  }

  @Override
  public void partSetMbrId(Device device, int partnum, int idbyte) {
    if (idbyte < 1 || idbyte > MBR_ID_MAX) {
      throw new CallException(Errno.EINVAL, "idbyte is " + idbyte + ": it must be 1 to 255");
    }
    if (Gpt.isOn(device)) {
      throw new CallException(Errno.EINVAL, device + ": there is no MBR partition table");
    }
    Sfdisk.set(TYPE, device, partnum, Integer.toHexString(idbyte));
  }

  @Override
  public String partGetMbrPartType(Device device, int partnum) {
    Sfdisk.number(partnum);
    PartitionTable table = Parted.read(device);
    table.flags(partnum);
    if (!table.type().equals("msdos")) {
      return PRIMARY;
    }
    if (partnum > MBR_SLOTS) {
      return "logical";
    }
    return EXTENDED_IDS.contains(partGetMbrId(device, partnum)) ? "extended" : PRIMARY;
  }

  private static String tableType(String parttype) {
    return switch (parttype) {
      case "mbr" -> "msdos";
      case "efi" -> "gpt";
      case "rdb" -> "amiga";
      case "aix", "amiga", "bsd", "dasd", "dvh", "gpt", "mac", "msdos", "pc98", "sun" -> parttype;
      default ->
          throw new CallException(
              Errno.EINVAL,
              "'" + parttype + "' is no kind of partition table; mostly wanted are gpt and mbr");
    };
  }

  private static String partitionKind(String prlogex) {
    return switch (prlogex) {
      case "p", "primary" -> "primary";
      case "l", "logical" -> "logical";
      case "e", "extended" -> "extended";
      default ->
          throw new CallException(
              Errno.EINVAL,
              "'" + prlogex + "' is no kind of partition: primary, logical and extended are");
    };
  }
}
