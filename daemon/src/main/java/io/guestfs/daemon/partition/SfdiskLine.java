package io.guestfs.daemon.partition;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A line of sfdisk's language in which a partition is described. */
public final class SfdiskLine {
  /** Start and size at the beginning of a line, each may be missing. */
  private static final Pattern NUMBERS =
      Pattern.compile("\\s*(\\d*)(\\s*[,;]\\s*|\\s+|$)(\\d*)(.*)", Pattern.DOTALL);

  private SfdiskLine() {}

  /**
   * A line in which start and size count megabytes. That it meant by the start 0 the first place
   * that can be used, sfdisk no longer knows.
   */
  public static String ofMegabytes(String line) {
    Matcher parts = NUMBERS.matcher(line);
    if (!parts.matches()) {
      return line;
    }
    String start = parts.group(1).matches("0*") ? "" : parts.group(1) + "M";
    String size = parts.group(3).isEmpty() ? "" : parts.group(3) + "M";
    String separator = start.isEmpty() && parts.group(2).isBlank() ? "," : parts.group(2);
    return start + separator + size + parts.group(4);
  }
}
