package io.guestfs.daemon.handler;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.tool.Tool;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How content is compressed, by a program that knows {@code -c}, {@code -d} and, but for compress,
 * levels.
 */
enum Compression {
  /** It would call it a failure that content does not shrink. */
  COMPRESS("compress", "-f", 1, 0),
  GZIP("gzip", "", 1, 9),
  BZIP2("bzip2", "", 1, 9),
  XZ("xz", "", 0, 9),
  LZOP("lzop", "", 1, 9),
  LZMA("xz", "--format=lzma", 0, 9),
  ZSTD("zstd", "", 1, 19);

  private final String program;
  private final String option;
  private final int lowestLevel;
  private final int highestLevel;

  Compression(String program, String option, int lowestLevel, int highestLevel) {
    this.program = program;
    this.option = option;
    this.lowestLevel = lowestLevel;
    this.highestLevel = highestLevel;
  }

  /** The compression of this name; null, for none, without one. */
  static @Nullable Compression ofOptional(@Nullable String name) {
    return name == null ? null : of(name);
  }

  /** The compression of this name. */
  static Compression of(String name) {
    for (Compression compression : values()) {
      if (compression.callersName().equals(name)) {
        return compression;
      }
    }
    throw new CallException(Errno.EINVAL, "'" + name + "' is not a type of compression");
  }

  /** The program that compresses standard input, as hard as {@code level} says if it does. */
  Tool compressor(@Nullable Integer level) {
    requireProgram();
    Tool tool = Tool.of(program, "-c");
    if (!option.isEmpty()) {
      tool.args(option);
    }
    if (level != null) {
      requireLevel(level);
      tool.args("-" + level);
    }
    return tool;
  }

  private void requireLevel(int level) {
    if (highestLevel < lowestLevel) {
      throw new CallException(Errno.EINVAL, callersName() + ": has no levels of compression");
    }
    if (level < lowestLevel || level > highestLevel) {
      throw new CallException(
          Errno.EINVAL,
          "%s: level %d is not between %d and %d"
              .formatted(callersName(), level, lowestLevel, highestLevel));
    }
  }

  /**
   * The option that makes tar compress. It names the program, for what tar's own options run has
   * other names, which are alternatives that a system need not have.
   */
  String packOption() {
    requireProgram();
    return option(List.of(program));
  }

  /** The option that makes tar unpack, where it runs inside a guest and finds no program itself. */
  String unpackOptionInside() {
    requireProgram();
    return option(Tool.commandInside(program));
  }

  private String option(List<String> command) {
    return "--use-compress-program=" + String.join(" ", command) + " " + option;
  }

  /** As callers give it. */
  private String callersName() {
    return name().toLowerCase(Locale.ROOT);
  }

  private void requireProgram() {
    if (!Tool.isInstalled(program)) {
      throw new CallException(
          Errno.ENOTSUP, program + ", which " + callersName() + " needs, is not in this appliance");
    }
  }
}
