package io.guestfs.daemon.handler;

import io.guestfs.calls.value.GuestPath;
import io.guestfs.calls.wire.TextCallsHandler;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.root.GuestRoot;
import io.guestfs.daemon.text.Lines;
import io.guestfs.daemon.text.TextFile;
import io.guestfs.daemon.tool.Tool;
import io.guestfs.protocol.xdr.GuestString;
import java.util.List;
import java.util.function.ToLongFunction;

/** Serves the calls that give parts of text files, and counts. */
public final class TextHandler implements TextCallsHandler {
  private static final int USUAL_LINES = 10;
  private static final String ENCODINGS = "sSblBL";

  private final GuestRoot root;
  private final FileContent content = new FileContent();

  public TextHandler(GuestRoot root) {
    this.root = root;
  }

  @Override
  public List<String> head(GuestPath path) {
    return headN(USUAL_LINES, path);
  }

  @Override
  public List<String> headN(int nrlines, GuestPath path) {
    try (Fd file = root.openContent(path.name())) {
      TextFile text = new TextFile(file);
      long end =
          nrlines < 0
              ? text.startOfLast(-(long) nrlines, Long.MAX_VALUE)
              : text.endOfFirst(nrlines, FileContent.SIZE_MAX);
      return lines(file, 0, end);
    }
  }

  @Override
  public List<String> tail(GuestPath path) {
    return tailN(USUAL_LINES, path);
  }

  @Override
  public List<String> tailN(int nrlines, GuestPath path) {
    try (Fd file = root.openContent(path.name())) {
      TextFile text = new TextFile(file);
      long start =
          nrlines < 0
              ? text.endOfFirst(-(long) nrlines - 1, Long.MAX_VALUE)
              : text.startOfLast(nrlines, FileContent.SIZE_MAX);
      return lines(file, start, text.size());
    }
  }

  @Override
  public int wcL(GuestPath path) {
    return count(path, "lines", TextFile::countLines);
  }

  @Override
  public int wcW(GuestPath path) {
    return count(path, "words", TextFile::countWords);
  }

  @Override
  public int wcC(GuestPath path) {
    return count(path, "bytes", TextFile::size);
  }

  @Override
  public List<String> strings(GuestPath path) {
    return stringsE("s", path);
  }

  @Override
  public List<String> stringsE(String encoding, GuestPath path) {
    if (encoding.length() != 1 || !ENCODINGS.contains(encoding)) {
      throw new CallException(
          Errno.EINVAL, "'" + encoding + "' is not an encoding, which are s, S, b, l, B and L");
    }
    try (Fd file = root.openContent(path.name())) {
      String output = Tool.of("strings", "--all", "-e", encoding).input(file).run();
      return Lines.of(output, path.name());
    }
  }

  @Override
  public String hexdump(GuestPath path) {
    try (Fd file = root.openContent(path.name())) {
      return Tool.of("hexdump", "-C").input(file).run();
    }
  }

  private List<String> lines(Fd file, long start, long end) {
    if (end - start >= FileContent.SIZE_MAX) {
      throw new CallException(
          Errno.E2BIG,
          "%s: these lines do not fit into a message of %d bytes; use download_offset"
              .formatted(file.name(), FileContent.SIZE_MAX));
    }
    byte[] bytes = content.read(file, start, (int) (end - start));
    return Lines.of(GuestString.decode(bytes), file.name());
  }

  private int count(GuestPath path, String what, ToLongFunction<TextFile> counting) {
    try (Fd file = root.openContent(path.name())) {
      long count = counting.applyAsLong(new TextFile(file));
      if (count > Integer.MAX_VALUE) {
        throw new CallException(
            Errno.EOVERFLOW, path + ": " + count + " " + what + " are more than the result holds");
      }
      return (int) count;
    }
  }
}
