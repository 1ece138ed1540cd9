package io.guestfs.daemon.handler;

import static io.guestfs.daemon.linux.OpenFlags.O_APPEND;
import static io.guestfs.daemon.linux.OpenFlags.O_CREAT;
import static io.guestfs.daemon.linux.OpenFlags.O_RDONLY;
import static io.guestfs.daemon.linux.OpenFlags.O_TRUNC;
import static io.guestfs.daemon.linux.OpenFlags.O_WRONLY;

import io.guestfs.calls.value.Device;
import io.guestfs.calls.value.DeviceOrPath;
import io.guestfs.calls.value.GuestPath;
import io.guestfs.calls.wire.FileCallsHandler;
import io.guestfs.calls.wire.Progress;
import io.guestfs.daemon.content.SameContent;
import io.guestfs.daemon.error.Arguments;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.linux.FileStatus;
import io.guestfs.daemon.linux.FileTime;
import io.guestfs.daemon.linux.FileType;
import io.guestfs.daemon.root.Entry;
import io.guestfs.daemon.root.GuestRoot;
import io.guestfs.daemon.tool.Tool;
import io.guestfs.protocol.xdr.GuestString;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Serves the calls about files and their content in one piece. */
public final class FileHandler implements FileCallsHandler {
  /** Permissions of a new file, less the umask. */
  static final int NEW_FILE = 0666;

  private final GuestRoot root;
  private final FileContent content = new FileContent();

  public FileHandler(GuestRoot root) {
    this.root = root;
  }

  @Override
  public void touch(GuestPath path) {
    FileStatus status = root.linkStatusOrNull(path.name());
    if (status != null && !status.isRegular()) {
      throw new CallException(Errno.EINVAL, path + ": only regular files can be touched");
    }
    try (Fd file = root.open(path.name(), O_WRONLY | O_CREAT, NEW_FILE)) {
      file.utimens(FileTime.NOW, FileTime.NOW);
    }
  }

  @Override
  public void rm(GuestPath path) {
    try (Entry entry = root.findEntry(path.name())) {
      if (path.name().endsWith("/")) {
        requireDirectory(entry, path);
      }
      entry.directory().unlink(entry.name());
    }
  }

  /** With a slash behind it a name means a directory. */
  private static void requireDirectory(Entry entry, GuestPath path) {
    FileStatus status = entry.directory().statusOrNull(entry.name());
    if (status != null && !status.isDirectory()) {
      throw CallException.failed(path.name(), Errno.ENOTDIR);
    }
  }

  @Override
  public void rmF(GuestPath path) {
    try {
      rm(path);
    } catch (CallException e) {
      if (!e.is(Errno.ENOENT)) {
        throw e;
      }
    }
  }

  @Override
  public void rmRf(GuestPath path) {
    try (Entry entry = root.findEntry(path.name())) {
      if (root.linkStatus(path.name()).isDirectory()) {
        // It works in the directory and follows no link below, so nothing leads it out.
        Tool.of("rm", "-rf", "--", entry.name()).in(entry.directory()).run();
      } else {
        entry.directory().unlink(entry.name());
      }
    } catch (CallException e) {
      if (!e.is(Errno.ENOENT) && !e.is(Errno.ENOTDIR)) {
        throw e;
      }
    }
  }

  @Override
  public void writeFile(GuestPath path, String text, int size) {
    byte[] bytes = GuestString.encode(text);
    if (size < 0 || size > bytes.length) {
      throw new CallException(
          Errno.EINVAL, "size " + size + " is not from 0 to " + bytes.length + ", the content's");
    }
    write(path, size == 0 ? bytes : Arrays.copyOf(bytes, size));
  }

  @Override
  public boolean equal(GuestPath file1, GuestPath file2) {
    try (Fd one = root.openContent(file1.name());
        Fd other = root.openContent(file2.name())) {
      return SameContent.of(one, other);
    }
  }

  @Override
  public byte[] pread(GuestPath path, int count, long offset) {
    FileContent.requireReadable(count, offset);
    try (Fd file = openFile(path)) {
      return content.read(file, offset, count);
    }
  }

  @Override
  public int pwrite(GuestPath path, byte[] bytes, long offset) {
    FileContent.requireOffset(offset);
    try (Fd file = root.open(path.name(), O_WRONLY, 0)) {
      return content.write(file, bytes, offset);
    }
  }

  @Override
  public void fillPattern(String pattern, int len, GuestPath path, Progress progress) {
    if (pattern.isEmpty()) {
      throw new CallException(Errno.EINVAL, "the pattern must not be empty");
    }
    Arguments.requireNotNegative("length", len);
    try (Fd file = root.open(path.name(), O_WRONLY | O_CREAT, NEW_FILE)) {
      content.writePattern(file, GuestString.encode(pattern), len, progress);
    }
  }

  @Override
  public String file(DeviceOrPath path) {
    return switch (path) {
      case Device device -> describe(device.name());
      case GuestPath guestPath -> {
        String kind = kindOf(root.linkStatus(guestPath.name()).type());
        yield kind == null ? describe(guestPath) : kind;
      }
    };
  }

  @Override
  public String zfile(String meth, GuestPath path) {
    String unpacker =
        switch (meth) {
          case "gzip", "compress" -> "gzip";
          case "bzip2" -> "bzip2";
          default ->
              throw new CallException(
                  Errno.EINVAL,
                  "'" + meth + "' is not a method of compression, which are gzip, compress, bzip2");
        };
    try (Fd file = root.openContent(path.name())) {
      Tool content = Tool.of(unpacker, "--decompress", "--stdout").input(file);
      return Tool.of("file", "--no-sandbox", "--brief", "-").input(content).run().stripTrailing();
    }
  }

  /** All of a file, as far as it fits into a message. */
  byte[] readAll(GuestPath path) {
    try (Fd file = openFile(path)) {
      return content.readAll(file);
    }
  }

  /**
   * Replaces what a file holds, or makes it. It is cut to size at the end: ext4 takes one that is
   * emptied first for a careless replacement, and writes it to the disk as it is closed.
   */
  void write(GuestPath path, byte[] bytes) {
    try (Fd file = openToWrite(path, bytes.length == 0 ? O_TRUNC : 0)) {
      content.write(file, bytes);
      if (file.status().size() > bytes.length) {
        file.truncate(bytes.length);
      }
    }
  }

  /** Appends to a file, or makes it. */
  void append(GuestPath path, byte[] bytes) {
    try (Fd file = openToWrite(path, O_APPEND)) {
      content.write(file, bytes);
    }
  }

  private Fd openToWrite(GuestPath path, int flag) {
    return root.open(path.name(), O_WRONLY | O_CREAT | flag, NEW_FILE);
  }

  private Fd openFile(GuestPath path) {
    return root.open(path.name(), O_RDONLY, 0);
  }

  /** In the words of libguestfs; null for a file whose content decides. */
  private static @Nullable String kindOf(FileType type) {
    return switch (type) {
      case DIRECTORY -> "directory";
      case CHARACTER -> "character device";
      case BLOCK -> "block device";
      case FIFO -> "FIFO";
      case SYMLINK -> "symbolic link";
      case SOCKET -> "socket";
      case REGULAR, UNKNOWN -> null;
    };
  }

  private String describe(GuestPath path) {
    try (Fd file = openFile(path)) {
      return describe(file.procPath());
    }
  }

  /** Looks into compressed content too, for which file(1) has to start other programs. */
  private static String describe(String path) {
    return Tool.of("file", "--uncompress", "--no-sandbox", "--brief")
        .args("--dereference", "--special-files", "--", path)
        .run()
        .stripTrailing();
  }
}
