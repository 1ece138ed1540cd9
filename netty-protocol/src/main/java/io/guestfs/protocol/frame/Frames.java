package io.guestfs.protocol.frame;

import io.guestfs.protocol.xdr.XdrWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Encodes frames, length word or flag included, ready to be written to the peer.
 *
 * <p>The buffers come from the allocator given, are in the form that transports write without a
 * further copy, and belong to the caller.
 */
public final class Frames {

  /** The most bytes of a message that holds secrets. */
  public static final int SECRET_MESSAGE_MAX = 64 * 1024;

  /** Most messages fit into this many bytes, and need no second allocation then. */
  private static final int MESSAGE_TYPICAL = 256;

  /** Length word, cancel word, length of the data. */
  private static final int CHUNK_HEADER = Integer.BYTES + Chunk.EMPTY_SIZE;

  private static final int XDR_UNIT = 4;

  private Frames() {}

  /** A message that ends after its header. */
  public static ByteBuf message(ByteBufAllocator allocator, MessageHeader header) {
    return message(allocator, header, body -> {});
  }

  /** A message of at most {@link ProtocolConstants#MESSAGE_MAX} bytes. */
  public static ByteBuf message(
      ByteBufAllocator allocator, MessageHeader header, Consumer<XdrWriter> body) {
    return message(allocator, header, ProtocolConstants.MESSAGE_MAX, body);
  }

  /**
   * A message.
   *
   * @param messageMax the most bytes that the peer accepts, without the length word
   * @param body writes what follows the header; the buffer is released when it throws
   * @throws io.guestfs.protocol.xdr.XdrException if the message would be larger
   */
  public static ByteBuf message(
      ByteBufAllocator allocator, MessageHeader header, int messageMax, Consumer<XdrWriter> body) {
    ByteBuf frame = allocator.ioBuffer(MESSAGE_TYPICAL, Integer.BYTES + messageMax);
    return fill(frame, header, body);
  }

  /**
   * As {@link #message(ByteBufAllocator, MessageHeader, int, Consumer)}, for a message that holds a
   * secret: its memory is wiped when it is released, and there is no second copy of it.
   *
   * @throws io.guestfs.protocol.xdr.XdrException if the message would be larger than {@link
   *     #SECRET_MESSAGE_MAX}
   */
  public static ByteBuf secretMessage(
      ByteBufAllocator allocator, MessageHeader header, Consumer<XdrWriter> body) {
    ByteBuffer memory = ByteBuffer.allocateDirect(Integer.BYTES + SECRET_MESSAGE_MAX);
    return fill(new WipedBuffer(allocator, memory), header, body);
  }

  private static ByteBuf fill(ByteBuf frame, MessageHeader header, Consumer<XdrWriter> body) {
    boolean done = false;
    try {
      frame.writeZero(Integer.BYTES);
      XdrWriter out = new XdrWriter(frame);
      header.write(out);
      body.accept(out);
      frame.setInt(0, frame.readableBytes() - Integer.BYTES);
      done = true;
      return frame;
    } finally {
      if (!done) {
        frame.release();
      }
    }
  }

  /**
   * A chunk of a file, without a copy of its content.
   *
   * @param data at least 1 byte, and no more than the peer accepts; taken over, to be released with
   *     the frame, unless an exception is thrown
   */
  public static ByteBuf chunk(ByteBufAllocator allocator, ByteBuf data) {
    int length = requireChunkLength(data.readableBytes());
    int padding = padding(length);
    ByteBuf header = chunkHeader(allocator.ioBuffer(CHUNK_HEADER), false, length, padding);
    if (padding == 0) {
      return allocator.compositeBuffer(2).addComponents(true, header, data);
    }
    ByteBuf zeros = allocator.ioBuffer(padding).writeZero(padding);
    return allocator.compositeBuffer(3).addComponents(true, header, data, zeros);
  }

  /**
   * A chunk of a file, its content copied into the frame. Heap memory would have to be copied for
   * the transport anyway, and the caller may use {@code data} again at once.
   *
   * @param data at least 1 byte, and no more than the peer accepts; its position does not move
   */
  public static ByteBuf chunk(ByteBufAllocator allocator, ByteBuffer data) {
    int length = requireChunkLength(data.remaining());
    int padding = padding(length);
    ByteBuf frame = allocator.ioBuffer(CHUNK_HEADER + length + padding);
    return chunkHeader(frame, false, length, padding)
        .writeBytes(data.duplicate())
        .writeZero(padding);
  }

  /** The chunk that ends a file. */
  public static ByteBuf endOfFile(ByteBufAllocator allocator) {
    return chunkHeader(allocator.ioBuffer(CHUNK_HEADER), false, 0, 0);
  }

  /** The chunk with which the sender of a file breaks it off. */
  public static ByteBuf cancelChunk(ByteBufAllocator allocator) {
    return chunkHeader(allocator.ioBuffer(CHUNK_HEADER), true, 0, 0);
  }

  /** The word with which a daemon says that it is up. */
  public static ByteBuf launchFlag(ByteBufAllocator allocator) {
    return word(allocator, ProtocolConstants.LAUNCH_FLAG);
  }

  /** The word with which the receiver of a file breaks it off. */
  public static ByteBuf cancelFlag(ByteBufAllocator allocator) {
    return word(allocator, ProtocolConstants.CANCEL_FLAG);
  }

  /** How far the daemon got with a call. */
  public static ByteBuf progress(ByteBufAllocator allocator, Frame.Progress progress) {
    return allocator
        .ioBuffer(Integer.BYTES + Frame.Progress.SIZE)
        .writeInt(ProtocolConstants.PROGRESS_FLAG)
        .writeInt(progress.procedure())
        .writeInt(progress.serial())
        .writeLong(progress.position())
        .writeLong(progress.total());
  }

  private static ByteBuf word(ByteBufAllocator allocator, int word) {
    return allocator.ioBuffer(Integer.BYTES).writeInt(word);
  }

  private static ByteBuf chunkHeader(ByteBuf frame, boolean cancel, int length, int padding) {
    return frame
        .writeInt(Chunk.EMPTY_SIZE + length + padding)
        .writeInt(cancel ? 1 : 0)
        .writeInt(length);
  }

  private static int requireChunkLength(int length) {
    if (length < 1 || length > Limits.LARGEST.chunkMax()) {
      throw new IllegalArgumentException(
          "a chunk of " + length + " bytes, 1 to " + Limits.LARGEST.chunkMax() + " allowed");
    }
    return length;
  }

  private static int padding(int length) {
    return -length & (XDR_UNIT - 1);
  }
}
