package io.guestfs;

import io.guestfs.TarHeader.MemberType;
import io.guestfs.protocol.xdr.GuestString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file or directory of the host as a tar archive, which is made as it is read. No link is
 * followed, and sockets are left out. A directory that is being read is open, and so is one file.
 */
final class HostTarSource implements ReadableByteChannel {

  private static final int END_BLOCKS = 2;

  private final Deque<OpenDirectory> directories = new ArrayDeque<>();

  /** Names in the archive of files that have several names. */
  private final Map<String, String> links = new HashMap<>();

  private ByteBuffer pending = ByteBuffer.allocate(0);
  private @Nullable FileChannel content;
  private @Nullable Path contentPath;
  private long contentLeft;
  private @Nullable Path first;
  private boolean ended;
  private boolean open = true;

  private record OpenDirectory(
      DirectoryStream<Path> stream, Iterator<Path> entries, String prefix) {}

  /**
   * Archives {@code source} under its own name.
   *
   * @param source a path that has a name
   */
  HostTarSource(Path source) {
    first = source;
  }

  @Override
  public int read(ByteBuffer to) throws IOException {
    int start = to.position();
    while (to.hasRemaining()) {
      if (pending.hasRemaining()) {
        int count = Math.min(pending.remaining(), to.remaining());
        to.put(pending.slice(pending.position(), count));
        pending.position(pending.position() + count);
      } else if (content != null) {
        readContent(content, to);
      } else if (!ended) {
        nextMember();
      } else {
        break;
      }
    }
    int count = to.position() - start;
    return count == 0 && ended ? -1 : count;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() throws IOException {
    open = false;
    if (content != null) {
      content.close();
    }
    for (OpenDirectory directory : directories) {
      directory.stream().close();
    }
  }

  private void readContent(FileChannel file, ByteBuffer to) throws IOException {
    if (contentLeft > 0) {
      int limit = to.limit();
      to.limit((int) Math.min(limit, to.position() + contentLeft));
      int count = file.read(to);
      to.limit(limit);
      if (count < 0) {
        throw new FileSystemException(
            String.valueOf(contentPath), null, "became shorter while it was copied");
      }
      contentLeft -= count;
    }
    if (contentLeft == 0) {
      pending = ByteBuffer.allocate(TarHeader.padding(file.position()));
      content = null;
      file.close();
    }
  }

  private void nextMember() throws IOException {
    Path source = first;
    if (source != null) {
      first = null;
      begin(source, "");
      return;
    }
    OpenDirectory directory = directories.peek();
    if (directory == null) {
      pending = ByteBuffer.allocate(END_BLOCKS * TarHeader.BLOCK);
      ended = true;
    } else if (directory.entries().hasNext()) {
      begin(directory.entries().next(), directory.prefix());
    } else {
      directories.pop();
      directory.stream().close();
    }
  }

  private void begin(Path path, String prefix) throws IOException {
    HostAttributes attributes = HostAttributes.read(path);
    String name = prefix + HostNames.text(path.getFileName(), path);
    MemberType type = attributes.tarType();
    if (type == null) {
      return;
    }
    String original =
        attributes.links() > 1 ? links.putIfAbsent(attributes.identity(), name) : null;
    if (type == MemberType.DIRECTORY) {
      name += "/";
      @SuppressWarnings("StreamResourceLeak") // closed at its end, or with the archive
      DirectoryStream<Path> stream = Files.newDirectoryStream(path);
      directories.push(new OpenDirectory(stream, stream.iterator(), name));
      head(attributes.header(name, type, 0, ""));
    } else if (original != null) {
      head(attributes.header(name, MemberType.LINK, 0, original));
    } else if (type == MemberType.SYMLINK) {
      String target = HostNames.text(Files.readSymbolicLink(path), path);
      head(attributes.header(name, type, 0, target));
    } else if (type == MemberType.REGULAR) {
      content = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
      contentPath = path;
      contentLeft = attributes.size();
      head(attributes.header(name, type, contentLeft, ""));
    } else {
      head(attributes.header(name, type, 0, ""));
    }
  }

  private void head(TarHeader header) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    longName(MemberType.LONG_LINK_NAME, header.linkName(), bytes);
    longName(MemberType.LONG_NAME, header.name(), bytes);
    bytes.writeBytes(header.encode());
    pending = ByteBuffer.wrap(bytes.toByteArray());
  }

  private static void longName(MemberType type, String name, ByteArrayOutputStream to) {
    byte[] bytes = GuestString.encode(name);
    if (bytes.length <= TarHeader.NAME_MAX) {
      return;
    }
    int size = bytes.length + 1;
    to.writeBytes(new TarHeader("././@LongLink", type, 0, 0, 0, size, 0, "", 0).encode());
    to.writeBytes(bytes);
    to.writeBytes(new byte[1 + TarHeader.padding(size)]);
  }
}
