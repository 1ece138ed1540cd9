package io.guestfs.protocol.frame;

import io.guestfs.protocol.xdr.XdrException;
import io.guestfs.protocol.xdr.XdrReader;
import io.netty.buffer.ByteBuf;

/**
 * A piece of the content of a file ({@code guestfs_chunk}).
 *
 * @param cancel whether the sender breaks the file off; the data mean nothing then
 * @param data the content, a view of the frame that it came in: it shares the memory and the
 *     reference count, so releasing either releases both
 */
public record Chunk(boolean cancel, ByteBuf data) {

  /** Length in bytes of a chunk without data. */
  public static final int EMPTY_SIZE = 8;

  /** Reads a chunk of at most {@link ProtocolConstants#CHUNK_MAX} bytes. */
  public static Chunk read(ByteBuf content) {
    return read(content, ProtocolConstants.CHUNK_MAX);
  }

  /**
   * Reads a chunk without copying its data.
   *
   * @param content a frame without its length word
   * @param dataMax the most data to accept, in bytes
   * @throws XdrException if the frame is anything but a chunk; {@code content} is still the
   *     caller's to release
   */
  public static Chunk read(ByteBuf content, int dataMax) {
    XdrReader in = new XdrReader(content);
    Chunk chunk = new Chunk(in.readBool(), in.readOpaqueSlice(dataMax));
    in.finish();
    return chunk;
  }

  /** Whether this chunk is the regular end of the file. */
  public boolean isEndOfFile() {
    return !cancel && !data.isReadable();
  }
}
