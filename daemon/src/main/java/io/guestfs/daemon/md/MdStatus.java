package io.guestfs.daemon.md;

import io.guestfs.calls.MDStat;
import io.guestfs.calls.value.Device;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.FileStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of {@code /proc/mdstat}, in which each array has a line such as {@code md0 : active
 * raid1 sdb1[1] sda1[0](F)}.
 */
record MdStatus(String text) {
  private static final Pattern MEMBER = Pattern.compile("(\\S+)\\[(\\d+)\\]((?:\\(\\w\\))*)");

  static MdStatus read() {
    try {
      return new MdStatus(Files.readString(Path.of("/proc/mdstat")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the kernel calls an array, such as {@code md127}. */
  static String kernelName(Device array) {
    long number = Objects.requireNonNull(FileStatus.of(array.name())).rdev();
    String address = FileStatus.major(number) + ":" + FileStatus.minor(number);
    try {
      return Path.of("/sys/dev/block", address).toRealPath().getFileName().toString();
    } catch (IOException e) {
      // The node of an array outlives it.
      throw new CallException(Errno.EINVAL, array + ": this is not a RAID array");
    }
  }

  /** The members of an array, in the order of the text. */
  List<MDStat> members(String array, UnaryOperator<String> userName) {
    String start = array + " : ";
    for (String line : text.lines().toList()) {
      if (line.startsWith(start)) {
        return parse(line.substring(start.length()), userName);
      }
    }
    throw new CallException(Errno.EINVAL, array + ": this is not a RAID array");
  }

  private static List<MDStat> parse(String line, UnaryOperator<String> userName) {
    List<MDStat> members = new ArrayList<>();
    Matcher member = MEMBER.matcher(line);
    while (member.find()) {
      members.add(
          new MDStat(
              userName.apply("/dev/" + member.group(1)),
              Integer.parseInt(member.group(2)),
              member.group(3).replaceAll("[()]", "")));
    }
    return members;
  }
}
