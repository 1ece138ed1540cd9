package io.guestfs;

import io.guestfs.TarHeader.MemberType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks a tar archive into a folder of the host as it is written: those of GNU tar, and the
 * extended headers of POSIX as far as names and sizes go.
 */
final class HostTarSink implements WritableByteChannel {

  /** The most that describes one member beyond its head, in bytes; names have no more than 4096. */
  private static final int DESCRIPTION_MAX = 64 * 1024;

  private final HostTree tree;
  private final byte[] block = new byte[TarHeader.BLOCK];
  private final TarDescription description = new TarDescription();
  private int filled;
  private long contentLeft;
  private int paddingLeft;
  private @Nullable HostFile file;
  private @Nullable MemberType described;
  private ByteArrayOutputStream describing = new ByteArrayOutputStream();
  private boolean ended;
  private boolean open = true;

  HostTarSink(Path folder) throws IOException {
    tree = new HostTree(folder);
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    int count = from.remaining();
    while (from.hasRemaining()) {
      if (ended) {
        // More zeroes, which fill up the archive.
        from.position(from.limit());
      } else if (contentLeft > 0) {
        takeContent(from);
      } else if (paddingLeft > 0) {
        int skipped = Math.min(paddingLeft, from.remaining());
        from.position(from.position() + skipped);
        paddingLeft -= skipped;
      } else {
        fillBlock(from);
      }
    }
    return count;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() throws IOException {
    open = false;
    if (file != null) {
      file.close();
    }
  }

  /** Whether the end of the archive has come. */
  boolean isComplete() {
    return ended;
  }

  private void fillBlock(ByteBuffer from) throws IOException {
    int count = Math.min(block.length - filled, from.remaining());
    from.get(block, filled, count);
    filled += count;
    if (filled < block.length) {
      return;
    }
    filled = 0;
    if (isZero(block)) {
      ended = true;
      tree.finish();
    } else {
      begin(description.complete(TarHeader.decode(block)));
    }
  }

  private void begin(TarHeader header) throws IOException {
    switch (header.type()) {
      case REGULAR -> file = tree.file(header);
      case DIRECTORY -> tree.directory(header);
      case SYMLINK -> tree.symbolicLink(header);
      case LINK -> tree.link(header);
      case CHARACTER, BLOCK_DEVICE, FIFO -> throw tree.impossible(header);
      case LONG_NAME, LONG_LINK_NAME, ATTRIBUTES, ATTRIBUTES_OF_ALL -> describe(header);
    }
    boolean hasContent = file != null || described != null;
    contentLeft = hasContent ? header.size() : 0;
    paddingLeft = TarHeader.padding(contentLeft);
    if (contentLeft == 0) {
      endContent();
    }
  }

  private void describe(TarHeader header) throws IOException {
    if (header.size() > DESCRIPTION_MAX) {
      throw new IOException(
          "a tar archive describes a file with " + header.size() + " bytes, which is too much");
    }
    described = header.type();
    describing = new ByteArrayOutputStream();
  }

  private void takeContent(ByteBuffer from) throws IOException {
    int count = (int) Math.min(contentLeft, from.remaining());
    ByteBuffer piece = from.slice(from.position(), count);
    from.position(from.position() + count);
    contentLeft -= count;
    if (file != null) {
      file.write(piece);
    } else {
      byte[] bytes = new byte[count];
      piece.get(bytes);
      describing.writeBytes(bytes);
    }
    if (contentLeft == 0) {
      endContent();
    }
  }

  private void endContent() throws IOException {
    if (file != null) {
      file.close();
      file = null;
    } else if (described != null) {
      description.add(described, describing.toByteArray());
      described = null;
    }
  }

  private static boolean isZero(byte[] bytes) {
    return Arrays.equals(bytes, new byte[TarHeader.BLOCK]);
  }
}
