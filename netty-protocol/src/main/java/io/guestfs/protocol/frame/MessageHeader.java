package io.guestfs.protocol.frame;

import io.guestfs.protocol.xdr.XdrException;
import io.guestfs.protocol.xdr.XdrReader;
import io.guestfs.protocol.xdr.XdrWriter;

/**
 * The first {@value #SIZE} bytes of every message ({@code guestfs_message_header}).
 *
 * @param procedure number of the call
 * @param direction call or reply
 * @param serial chosen by the caller, repeated in the reply; any 32 bits
 * @param progressHint size in bytes of the file that a call uploads, as far as it is known, else 0
 * @param optionalArguments one bit for each optional argument that was given, the first in bit 0
 * @param status whether a reply carries a result or an error; {@link Status#OK} in a call
 */
public record MessageHeader(
    int procedure,
    Direction direction,
    int serial,
    long progressHint,
    long optionalArguments,
    Status status) {

  /** Length of a header in bytes. */
  public static final int SIZE = 40;

  private static final Direction[] DIRECTIONS = Direction.values();
  private static final Status[] STATUSES = Status.values();

  /** The header of a call without a progress hint. */
  public static MessageHeader call(int procedure, int serial, long optionalArguments) {
    return new MessageHeader(procedure, Direction.CALL, serial, 0, optionalArguments, Status.OK);
  }

  /** The header of a reply to the call that this header came with. */
  public MessageHeader reply(Status outcome) {
    return new MessageHeader(procedure, Direction.REPLY, serial, 0, 0, outcome);
  }

  /** Writes the header. */
  public void write(XdrWriter out) {
    out.writeInt(ProtocolConstants.PROGRAM);
    out.writeInt(ProtocolConstants.VERSION);
    out.writeInt(procedure);
    out.writeEnum(direction);
    out.writeInt(serial);
    out.writeHyper(progressHint);
    out.writeHyper(optionalArguments);
    out.writeEnum(status);
  }

  /**
   * Reads a header.
   *
   * @throws XdrException if it is cut short, of another program or version, or has a direction or
   *     status that does not exist
   */
  public static MessageHeader read(XdrReader in) {
    in.expectInt("program", ProtocolConstants.PROGRAM);
    in.expectInt("protocol version", ProtocolConstants.VERSION);
    return new MessageHeader(
        in.readInt(),
        in.readEnum("direction", DIRECTIONS),
        in.readInt(),
        in.readHyper(),
        in.readHyper(),
        in.readEnum("status", STATUSES));
  }
}
