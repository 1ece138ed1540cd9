package io.guestfs.daemon.handler;

import io.guestfs.calls.GrepOptions;
import io.guestfs.calls.value.GuestPath;
import io.guestfs.calls.wire.GrepCallsHandler;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.root.GuestRoot;
import io.guestfs.daemon.text.Lines;
import io.guestfs.daemon.tool.Tool;
import io.guestfs.daemon.tool.ToolResult;
import java.util.List;

/** Serves the calls that search text, by grep(1), which reads the file as its standard input. */
public final class GrepHandler implements GrepCallsHandler {
  private static final GrepOptions BASIC = GrepOptions.defaults();
  private static final GrepOptions EXTENDED = BASIC.extended(true);
  private static final GrepOptions FIXED = BASIC.fixed(true);

  /** The status by which grep says that no line matches; beyond it are errors. */
  private static final int NO_MATCH = 1;

  private final GuestRoot root;

  public GrepHandler(GuestRoot root) {
    this.root = root;
  }

  @Override
  public List<String> grep(String regex, GuestPath path, GrepOptions options) {
    Tool grep = grep(regex, options);
    try (Fd file = root.openContent(path.name())) {
      if (Boolean.TRUE.equals(options.compressed())) {
        grep.input(unpacked(file));
      } else {
        grep.input(file);
      }
      ToolResult result = grep.attempt();
      if (result.status().isSignalled() || result.status().code() > NO_MATCH) {
        throw result.failure();
      }
      return Lines.of(result.output(), path.name());
    }
  }

  private static Tool grep(String regex, GrepOptions options) {
    boolean extended = Boolean.TRUE.equals(options.extended());
    boolean fixed = Boolean.TRUE.equals(options.fixed());
    if (extended && fixed) {
      throw new CallException(Errno.EINVAL, "an expression is either extended or fixed");
    }
    // Else grep would keep to itself what it finds in a file that it takes for a binary one.
    Tool grep = Tool.of("grep", "--text");
    if (extended) {
      grep.args("--extended-regexp");
    }
    if (fixed) {
      grep.args("--fixed-strings");
    }
    if (Boolean.TRUE.equals(options.insensitive())) {
      grep.args("--ignore-case");
    }
    return grep.args("-e", regex);
  }

  /** With force gzip passes on what it cannot unpack, as it is. */
  private static Tool unpacked(Fd file) {
    return Tool.of("gzip", "--decompress", "--stdout", "--force", "--quiet").input(file);
  }

  @Override
  public List<String> egrep(String regex, GuestPath path) {
    return grep(regex, path, EXTENDED);
  }

  @Override
  public List<String> fgrep(String pattern, GuestPath path) {
    return grep(pattern, path, FIXED);
  }

  @Override
  public List<String> grepi(String regex, GuestPath path) {
    return grep(regex, path, BASIC.insensitive(true));
  }

  @Override
  public List<String> egrepi(String regex, GuestPath path) {
    return grep(regex, path, EXTENDED.insensitive(true));
  }

  @Override
  public List<String> fgrepi(String pattern, GuestPath path) {
    return grep(pattern, path, FIXED.insensitive(true));
  }

  @Override
  public List<String> zgrep(String regex, GuestPath path) {
    return grep(regex, path, BASIC.compressed(true));
  }

  @Override
  public List<String> zegrep(String regex, GuestPath path) {
    return grep(regex, path, EXTENDED.compressed(true));
  }

  @Override
  public List<String> zfgrep(String pattern, GuestPath path) {
    return grep(pattern, path, FIXED.compressed(true));
  }

  @Override
  public List<String> zgrepi(String regex, GuestPath path) {
    return grep(regex, path, BASIC.compressed(true).insensitive(true));
  }

  @Override
  public List<String> zegrepi(String regex, GuestPath path) {
    return grep(regex, path, EXTENDED.compressed(true).insensitive(true));
  }

  @Override
  public List<String> zfgrepi(String pattern, GuestPath path) {
    return grep(pattern, path, FIXED.compressed(true).insensitive(true));
  }
}
