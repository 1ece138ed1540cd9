package io.guestfs.protocol.frame;

import io.guestfs.protocol.xdr.XdrException;
import io.guestfs.protocol.xdr.XdrReader;
import io.guestfs.protocol.xdr.XdrWriter;

/**
 * How much two sides may send each other at once.
 *
 * <p>{@link #BASE} holds on every connection until both have agreed on more: a library may call
 * {@link #PROCEDURE} with the limits that it offers, before any other call, and a daemon that knows
 * it answers with the smaller of each and its own. From the reply on those hold in both directions.
 * A daemon that does not know the procedure answers with an error, as to any other, and nothing
 * changes.
 *
 * @param messageMax the largest message in bytes, without its length word
 * @param chunkMax the most file content in one chunk, in bytes; a multiple of the XDR unit
 * @param window how many calls without file content may be sent before the first is answered
 */
public record Limits(int messageMax, int chunkMax, int window) {

  /**
   * Number of the procedure that agrees on limits. libguestfs counts its procedures up from 1 and
   * is at some five hundred.
   */
  public static final int PROCEDURE = 0x52470001;

  /** What every peer understands. */
  public static final Limits BASE =
      new Limits(ProtocolConstants.MESSAGE_MAX, ProtocolConstants.CHUNK_MAX, 1);

  /**
   * What this version can deal with, chosen by measurement ({@code ./dev bench limits}): larger
   * chunks move files no faster, and more calls at once hardly gain anything. A message is as large
   * as the memory of the daemon allows, which has to hold it and what is made of it; how large it
   * is makes no difference to speed.
   */
  public static final Limits LARGEST = new Limits(16 * 1024 * 1024, 256 * 1024, 4);

  private static final int XDR_UNIT = 4;

  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if they are less than {@link #BASE}, or contradict each other
   */
  public Limits {
    if (messageMax < ProtocolConstants.MESSAGE_MAX
        || chunkMax < ProtocolConstants.CHUNK_MAX
        || chunkMax > messageMax - Chunk.EMPTY_SIZE
        || chunkMax % XDR_UNIT != 0
        || window < 1) {
      throw new IllegalArgumentException(
          "limits of %d bytes a message, %d a chunk, %d calls at once"
              .formatted(messageMax, chunkMax, window));
    }
  }

  /** The smaller of each. */
  public Limits least(Limits other) {
    return new Limits(
        Math.min(messageMax, other.messageMax),
        Math.min(chunkMax, other.chunkMax),
        Math.min(window, other.window));
  }

  /** Writes the limits: what follows the header of the call, and of the reply. */
  public void write(XdrWriter out) {
    out.writeInt(messageMax);
    out.writeInt(chunkMax);
    out.writeInt(window);
  }

  /**
   * Reads limits, which are all that is left of a message.
   *
   * @throws XdrException if they are cut short, followed by more, or impossible
   */
  public static Limits read(XdrReader in) {
    int messageMax = in.readInt();
    int chunkMax = in.readInt();
    int window = in.readInt();
    in.finish();
    try {
      return new Limits(messageMax, chunkMax, window);
    } catch (IllegalArgumentException e) {
      throw new XdrException("limits", 0, String.valueOf(e.getMessage()));
    }
  }
}
