package io.guestfs.protocol.frame;

import io.guestfs.protocol.xdr.XdrReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.DefaultByteBufHolder;

/** What one side of the protocol can say at once. */
public sealed interface Frame {

  /**
   * A message or a chunk. Which of the two can be known only from what was said before.
   *
   * <p>The receiver owns the content and releases it.
   */
  final class Body extends DefaultByteBufHolder implements Frame {

    /**
     * Takes over a reference to the content.
     *
     * @param content the bytes that follow the length word
     */
    public Body(ByteBuf content) {
      super(content);
    }

    @Override
    public Body replace(ByteBuf content) {
      return new Body(content);
    }
  }

  /** The daemon is up. */
  record Launch() implements Frame {}

  /** The receiver of chunks wants no more of them. */
  record Cancel() implements Frame {}

  /**
   * How far the daemon got with a call ({@code guestfs_progress}).
   *
   * @param procedure number of the call
   * @param serial serial of the call
   * @param position how much is done, unsigned; 0 of 1 stands for "busy, extent unknown"
   * @param total how much there is to do, unsigned
   */
  record Progress(int procedure, int serial, long position, long total) implements Frame {

    /** Length in bytes of what follows the flag. */
    public static final int SIZE = 24;

    /** Reads what follows the flag. */
    public static Progress read(XdrReader in) {
      return new Progress(in.readInt(), in.readInt(), in.readHyper(), in.readHyper());
    }
  }
}
