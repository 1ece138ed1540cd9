package io.guestfs.daemon.lvm;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.tool.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** One row of what {@code pvs}, {@code vgs} or {@code lvs} report, taken field after field. */
final class LvmReport {
  /** Occurs neither in names nor in tags. */
  private static final String SEPARATOR = "|";

  private static final int UUID_LENGTH = 32;

  private final String row;
  private final String[] fields;
  private int next;

  private LvmReport(String row, int size) {
    this.row = row;
    this.fields = row.split("\\" + SEPARATOR, -1);
    if (fields.length != size) {
      throw notUnderstood();
    }
  }

  /**
   * Runs a reporting command.
   *
   * @param fields their names, separated by commas
   * @param selection which rows, as after {@code --select}; empty for all
   */
  static List<LvmReport> of(String command, String fields, String selection) {
    Tool lvm = Tool.of("lvm", command, "-o", fields, "--noheadings", "--separator", SEPARATOR);
    lvm.args("--units", "b", "--nosuffix");
    if (!selection.isEmpty()) {
      lvm.args("--select", selection);
    }
    return parse(lvm.run(), fields);
  }

  static List<LvmReport> parse(String output, String fields) {
    int size = fields.split(",", -1).length;
    List<LvmReport> rows = new ArrayList<>();
    for (String line : output.lines().toList()) {
      if (!line.isBlank()) {
        rows.add(new LvmReport(line.strip(), size));
      }
    }
    return rows;
  }

  String text() {
    return fields[next++];
  }

  /** Without the hyphens that LVM prints. */
  String uuid() {
    String uuid = text().replace("-", "");
    if (uuid.length() != UUID_LENGTH) {
      throw notUnderstood();
    }
    return uuid;
  }

  long number() {
    try {
      return Long.parseLong(text());
    } catch (NumberFormatException e) {
      throw notUnderstood();
    }
  }

  OptionalDouble percent() {
    String text = text();
    if (text.isEmpty()) {
      return OptionalDouble.empty();
    }
    try {
      return OptionalDouble.of(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      throw notUnderstood();
    }
  }

  private CallException notUnderstood() {
    return new CallException("lvm: this row of a report is not understood: " + row);
  }
}
