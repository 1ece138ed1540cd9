package io.guestfs.appliance.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads small pieces of an image whose content cannot be trusted; what lies beyond the end is 0.
 */
final class ImageReader implements Closeable {

  /** More than any piece of a header that is of interest here. */
  static final int MAX_PIECE = 64 * 1024;

  private final FileChannel channel;

  ImageReader(Path path) throws IOException {
    channel = FileChannel.open(path, StandardOpenOption.READ);
  }

  /** Big-endian, position 0, always {@code length} bytes. */
  ByteBuffer read(long offset, int length) throws IOException {
    if (offset < 0 || length < 0 || length > MAX_PIECE) {
      throw new IOException("a header points to " + length + " bytes at " + offset);
    }
    ByteBuffer piece = ByteBuffer.allocate(length);
    while (piece.hasRemaining()) {
      if (channel.read(piece, offset + piece.position()) < 0) {
        break;
      }
    }
    return piece.rewind();
  }

  /** The size of the file or block device in bytes. */
  long size() throws IOException {
    return channel.size();
  }

  String readString(long offset, int length) throws IOException {
    return new String(read(offset, length).array(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
