package io.guestfs.daemon.handler;

import static io.guestfs.daemon.linux.OpenFlags.O_CREAT;
import static io.guestfs.daemon.linux.OpenFlags.O_TRUNC;
import static io.guestfs.daemon.linux.OpenFlags.O_WRONLY;

import io.guestfs.calls.value.GuestPath;
import io.guestfs.calls.wire.Progress;
import io.guestfs.calls.wire.SpaceCallsHandler;
import io.guestfs.daemon.content.Zeroes;
import io.guestfs.daemon.error.Arguments;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.Directory;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.root.Entry;
import io.guestfs.daemon.root.GuestRoot;
import io.guestfs.daemon.tool.Tool;
import java.util.regex.Pattern;

/** Serves the calls about the room that files take. */
public final class SpaceHandler implements SpaceCallsHandler {
  private static final int BYTE_MAX = 255;

  /** The names of the files that fill a directory have at least so many. */
  private static final int NAME_DIGITS = 8;

  /** A path that has no name of an entry at its end. */
  private static final Pattern MEANS_DIRECTORY = Pattern.compile("/\\.{0,2}$");

  private final GuestRoot root;
  private final FileContent content = new FileContent();

  public SpaceHandler(GuestRoot root) {
    this.root = root;
  }

  @Override
  public void truncate(GuestPath path) {
    truncateSize(path, 0);
  }

  @Override
  public void truncateSize(GuestPath path, long size) {
    Arguments.requireNotNegative("size", size);
    try (Fd file = root.open(path.name(), O_WRONLY, 0)) {
      file.truncate(size);
    }
  }

  @Override
  public void fallocate(GuestPath path, int len) {
    fallocate64(path, len);
  }

  @Override
  public void fallocate64(GuestPath path, long len) {
    if (len <= 0) {
      throw new CallException(Errno.EINVAL, "length " + len + " must be more than 0");
    }
    try (Fd file = root.open(path.name(), O_WRONLY | O_CREAT | O_TRUNC, FileHandler.NEW_FILE)) {
      allocate(file, len);
    }
  }

  @Override
  public void fill(int c, int len, GuestPath path, Progress progress) {
    if (c < 0 || c > BYTE_MAX) {
      throw new CallException(Errno.EINVAL, "byte " + c + " is not from 0 to " + BYTE_MAX);
    }
    Arguments.requireNotNegative("length", len);
    try (Fd file = root.open(path.name(), O_WRONLY | O_CREAT, FileHandler.NEW_FILE)) {
      content.writePattern(file, new byte[] {(byte) c}, len, progress);
    }
  }

  @Override
  public void fillDir(GuestPath dir, int nr) {
    Arguments.requireNotNegative("number", nr);
    try (Directory directory = root.openDirectory(dir.name())) {
      for (int i = 0; i < nr; i++) {
        String digits = Integer.toString(i);
        String name = "0".repeat(Math.max(0, NAME_DIGITS - digits.length())) + digits;
        directory.open(name, O_WRONLY | O_CREAT, FileHandler.NEW_FILE).close();
      }
    }
  }

  @Override
  public long du(GuestPath path, Progress progress) {
    Tool du = Tool.of("du", "-s", "-k", "--").busy(progress);
    if (MEANS_DIRECTORY.matcher(path.name()).find()) {
      try (Directory directory = root.openDirectory(path.name())) {
        return size(du.args(".").in(directory).run());
      }
    }
    try (Entry entry = root.findEntry(path.name())) {
      if (entry.directory().statusOrNull(entry.name()) == null) {
        throw CallException.failed(path.name(), Errno.ENOENT);
      }
      return size(du.args("./" + entry.name()).in(entry.directory()).run());
    }
  }

  @Override
  public boolean isZero(GuestPath path) {
    try (Fd file = root.openContent(path.name())) {
      return Zeroes.isZeroFile(file);
    }
  }

  private void allocate(Fd file, long length) {
    try {
      file.allocate(0, 0, length);
    } catch (CallException e) {
      if (!e.is(Errno.ENOTSUP)) {
        throw e;
      }
      content.writeZeroes(file, length);
    }
  }

  private static long size(String line) {
    return Long.parseLong(line, 0, line.indexOf('\t'), 10);
  }
}
