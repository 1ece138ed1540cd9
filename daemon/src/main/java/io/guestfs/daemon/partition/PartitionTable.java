package io.guestfs.daemon.partition;

import io.guestfs.calls.Partition;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A partition table.
 *
 * @param type what parted calls its kind, such as {@code msdos} or {@code gpt}; {@link #NONE} for a
 *     file system on the whole disk
 * @param flags of each partition, by its number
 */
public record PartitionTable(
    String type, List<Partition> partitions, Map<Integer, Set<String>> flags) {
  /** What parted makes of a disk without a partition table but with a file system. */
  public static final String NONE = "loop";

  private static final String MAGIC = "BYT;";
  private static final int TYPE_FIELD = 5;
  private static final int FLAGS_GROUP = 5;
  private static final Pattern ROW = Pattern.compile("(\\d+):(\\d+)B:(\\d+)B:(\\d+)B:.*:([^:]*);");

  /** Reads what {@code parted -m DEVICE unit b print} writes. */
  static PartitionTable parse(String output) {
    List<String> lines = output.lines().toList();
    if (lines.size() < 2 || !lines.get(0).equals(MAGIC)) {
      throw notUnderstood(output);
    }
    String[] disk = lines.get(1).split(":", -1);
    if (disk.length <= TYPE_FIELD) {
      throw notUnderstood(lines.get(1));
    }
    List<Partition> partitions = new ArrayList<>();
    Map<Integer, Set<String>> flags = new HashMap<>();
    for (String line : lines.subList(2, lines.size())) {
      Matcher row = ROW.matcher(line);
      if (!row.matches()) {
        throw notUnderstood(line);
      }
      Partition partition = partition(row);
      partitions.add(partition);
      flags.put(partition.partNum(), Set.of(row.group(FLAGS_GROUP).split(", ", -1)));
    }
    return new PartitionTable(disk[TYPE_FIELD], partitions, flags);
  }

  private static Partition partition(Matcher row) {
    return new Partition(
        Integer.parseInt(row.group(1)),
        Long.parseLong(row.group(2)),
        Long.parseLong(row.group(3)),
        Long.parseLong(row.group(4)));
  }

  /**
   * The flags of a partition, as parted names them.
   *
   * @throws CallException when there is no such partition
   */
  public Set<String> flags(int number) {
    Set<String> found = flags.get(number);
    if (found == null) {
      throw new CallException(Errno.EINVAL, "there is no partition " + number);
    }
    return found;
  }

  private static CallException notUnderstood(String output) {
    return new CallException("parted: its output is not understood: " + output);
  }
}
