package io.guestfs.daemon.handler;

import static io.guestfs.daemon.linux.OpenFlags.O_DIRECTORY;
import static io.guestfs.daemon.linux.OpenFlags.O_RDONLY;

import io.guestfs.calls.MksquashfsOptions;
import io.guestfs.calls.value.GuestPath;
import io.guestfs.calls.wire.OutgoingFile;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.Directory;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.root.Entry;
import io.guestfs.daemon.root.GuestRoot;
import io.guestfs.daemon.tool.Tool;
import io.guestfs.protocol.xdr.GuestString;
import java.util.List;

/** Making squashfs images, by mksquashfs(1), which writes its file here and there, not in a row. */
final class Squashfs {
  /** In memory, but with a bound. */
  private static final String TEMPORARY = "/tmp";

  private final GuestRoot root;
  private final StreamedContent content = new StreamedContent();

  Squashfs(GuestRoot root) {
    this.root = root;
  }

  void make(GuestPath path, MksquashfsOptions options, OutgoingFile file) {
    try (Directory folder = new Directory(Fd.open(TEMPORARY, O_RDONLY | O_DIRECTORY, 0));
        Fd image = folder.openNameless()) {
      pack(path, options, image);
      content.send(image, Long.MAX_VALUE, file, (position, total) -> {}, 0);
    }
  }

  private void pack(GuestPath path, MksquashfsOptions options, Fd image) {
    if (root.status(path.name()).isDirectory()) {
      try (Directory directory = root.openDirectory(path.name())) {
        mksquashfs(".", image, options).in(directory).run();
      }
    } else {
      try (Entry entry = root.findEntry(root.realPath(path.name()))) {
        mksquashfs("./" + entry.name(), image, options).in(entry.directory()).run();
      }
    }
  }

  private static Tool mksquashfs(String source, Fd image, MksquashfsOptions options) {
    Tool tool = Tool.of("mksquashfs", source, image.procPath());
    tool.args("-noappend", "-no-progress", "-quiet");
    if (options.compress() != null) {
      tool.args("-comp", options.compress());
    }
    List<String> excludes = options.excludes();
    if (excludes != null) {
      tool.args("-wildcards", "-ef", "/dev/stdin").input(lines(excludes));
    }
    return tool;
  }

  private static byte[] lines(List<String> patterns) {
    StringBuilder lines = new StringBuilder();
    for (String pattern : patterns) {
      if (pattern.indexOf('\n') >= 0) {
        throw new CallException(
            Errno.EINVAL, "'" + pattern + "': a pattern cannot have a line break");
      }
      lines.append(pattern).append('\n');
    }
    return GuestString.encode(lines.toString());
  }
}
