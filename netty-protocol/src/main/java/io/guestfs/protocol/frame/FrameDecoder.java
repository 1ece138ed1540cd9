package io.guestfs.protocol.frame;

import io.guestfs.protocol.xdr.XdrReader;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.TooLongFrameException;
import java.util.List;

/**
 * Cuts the bytes of a connection into {@link Frame}s.
 *
 * <p>The content of a {@link Frame.Body} is a slice of the bytes received and not a copy. Memory is
 * taken for bytes that have arrived, never for a length that was announced.
 *
 * <p>Whether a frame is acceptable at this point of a conversation is for the receiver to judge.
 * What cannot be a frame at all is signalled as {@link CorruptedFrameException} or {@link
 * TooLongFrameException}; since nobody can tell where the next frame would start, everything after
 * that is dropped.
 */
public final class FrameDecoder extends ByteToMessageDecoder {

  private static final int XDR_UNIT = 4;

  private enum State {
    WORD,
    BODY,
    PROGRESS,
    CORRUPTED
  }

  private int bodyMax;
  private State state = State.WORD;
  private int bodyLength;

  /** Accepts messages of up to {@link ProtocolConstants#MESSAGE_MAX} bytes. */
  public FrameDecoder() {
    this(ProtocolConstants.MESSAGE_MAX);
  }

  /**
   * Accepts bodies of up to {@code bodyMax} bytes.
   *
   * @param bodyMax in bytes, without the length word; both sides must have agreed on it
   */
  public FrameDecoder(int bodyMax) {
    this.bodyMax = bodyMax;
  }

  /**
   * Accepts larger bodies, or smaller ones, from the next length word on. To be called on the event
   * loop.
   *
   * @param bodyMax in bytes, without the length word
   */
  public void setBodyMax(int bodyMax) {
    this.bodyMax = bodyMax;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    switch (state) {
      case WORD -> decodeWord(in, out);
      case BODY -> decodeBody(in, out);
      case PROGRESS -> decodeProgress(in, out);
      case CORRUPTED -> in.skipBytes(in.readableBytes());
    }
  }

  private void decodeWord(ByteBuf in, List<Object> out) {
    if (in.readableBytes() < Integer.BYTES) {
      return;
    }
    int word = in.readInt();
    switch (word) {
      case ProtocolConstants.LAUNCH_FLAG -> out.add(new Frame.Launch());
      case ProtocolConstants.CANCEL_FLAG -> out.add(new Frame.Cancel());
      case ProtocolConstants.PROGRESS_FLAG -> state = State.PROGRESS;
      default -> {
        bodyLength = acceptableLength(Integer.toUnsignedLong(word));
        state = State.BODY;
      }
    }
  }

  private void decodeBody(ByteBuf in, List<Object> out) {
    if (in.readableBytes() >= bodyLength) {
      out.add(new Frame.Body(in.readRetainedSlice(bodyLength)));
      state = State.WORD;
    }
  }

  private void decodeProgress(ByteBuf in, List<Object> out) {
    if (in.readableBytes() >= Frame.Progress.SIZE) {
      out.add(Frame.Progress.read(new XdrReader(in)));
      state = State.WORD;
    }
  }

  private int acceptableLength(long length) {
    if (length > bodyMax) {
      state = State.CORRUPTED;
      throw new TooLongFrameException(
          "a frame of " + length + " bytes, at most " + bodyMax + " allowed");
    }
    if (length < Chunk.EMPTY_SIZE || length % XDR_UNIT != 0) {
      state = State.CORRUPTED;
      throw new CorruptedFrameException(
          "a frame of " + length + " bytes is neither message nor chunk");
    }
    return (int) length;
  }
}
