package io.guestfs.daemon.handler;

import io.guestfs.calls.wire.OutgoingFile;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;

/** A download of many small records, which are collected so that not each takes a chunk. */
final class Records {
  private static final int PIECE_SIZE = 8192;
  private static final int XDR_PADDING_MASK = 3;

  private final OutgoingFile file;
  private final ByteBuf collected = Unpooled.buffer(2 * PIECE_SIZE);

  Records(OutgoingFile file) {
    this.file = file;
  }

  /** A name and the NUL that ends it. */
  void name(ByteBuffer name) {
    collected.writeBytes(name).writeByte(0);
    sendIfEnough();
  }

  /**
   * A {@code Dirent} in XDR. Directories are large, so that it is not made as an object, and its
   * name not as a string, only to become bytes again.
   */
  void dirent(long inode, char type, ByteBuffer name) {
    int length = name.remaining();
    collected.writeLong(inode).writeInt(type).writeInt(length).writeBytes(name);
    collected.writeZero(-length & XDR_PADDING_MASK);
    sendIfEnough();
  }

  /** Sends what is left. */
  void end() {
    if (collected.isReadable()) {
      send();
    }
  }

  private void sendIfEnough() {
    if (collected.readableBytes() >= PIECE_SIZE) {
      send();
    }
  }

  private void send() {
    file.write(collected.nioBuffer());
    collected.clear();
  }
}
