package io.guestfs.daemon.connection;

import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.protocol.call.CallDescriptor;
import io.guestfs.protocol.frame.Direction;
import io.guestfs.protocol.frame.Limits;
import io.guestfs.protocol.frame.MessageHeader;
import io.guestfs.protocol.frame.ProtocolConstants;
import io.guestfs.protocol.frame.Status;
import io.guestfs.protocol.xdr.XdrException;
import io.guestfs.protocol.xdr.XdrReader;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;

/** Serves calls, one after the other, until the library closes the port. */
public final class CallLoop {
  private static final int PROCEDURE_AT = 8;
  private static final int SERIAL_AT = 16;

  private final CallService service;
  private Port port;

  /** The port stays the caller's to close. */
  public CallLoop(Fd port, CallService service) {
    this.service = service;
    this.port = new Port(new PortReader(port), new PortWriter(port), Limits.BASE);
  }

  /**
   * Says that the daemon is up, and serves.
   *
   * @throws PortException when what comes cannot be a message
   */
  public void run() {
    port.writer().putInt(ProtocolConstants.LAUNCH_FLAG);
    port.writer().flush();
    while (serveNext()) {
      // The next one.
    }
  }

  /**
   * Serves what comes next; false when the other side has closed the port.
   *
   * @throws PortException when what comes cannot be a message
   */
  public boolean serveNext() {
    if (!port.reader().awaitFrame()) {
      return false;
    }
    int word = port.reader().readWord();
    // A library may stop a transfer that had just ended by itself.
    if (word != ProtocolConstants.CANCEL_FLAG) {
      serve(message(word));
    }
    return true;
  }

  private byte[] message(int length) {
    int messageMax = port.limits().messageMax();
    if (length < MessageHeader.SIZE || length > messageMax) {
      throw new PortException(
          "expected a message of "
              + MessageHeader.SIZE
              + " to "
              + messageMax
              + " bytes, but the length is 0x"
              + Integer.toHexString(length));
    }
    return port.reader().bytes(length);
  }

  private void serve(byte[] message) {
    XdrReader in = new XdrReader(Unpooled.wrappedBuffer(message));
    MessageHeader header;
    try {
      header = MessageHeader.read(in);
    } catch (XdrException e) {
      refuse(bareHeader(message), Errno.EPROTO, "not a call: " + e.getMessage());
      return;
    }
    if (header.direction() != Direction.CALL || header.status() != Status.OK) {
      refuse(header, Errno.EPROTO, "not a call: " + header);
      return;
    }
    if (header.procedure() == Limits.PROCEDURE) {
      agreeOnLimits(header, in);
      return;
    }
    CallDescriptor<?> descriptor = service.find(header.procedure());
    if (descriptor == null) {
      if (UnservedUploads.contain(header.procedure())) {
        new Upload(port, header.progressHint()).stop();
      }
      refuse(
          header,
          Errno.ENOSYS,
          "this daemon does not know procedure " + Integer.toUnsignedString(header.procedure()));
      return;
    }
    new Exchange(descriptor, header, service, port).serve(in);
  }

  /** The reply goes out under the old limits; what follows it is under the new ones. */
  private void agreeOnLimits(MessageHeader header, XdrReader in) {
    try {
      Limits agreed = Limits.read(in).least(Limits.LARGEST);
      new Reply(port, header).success(agreed::write);
      port = port.with(agreed);
    } catch (XdrException e) {
      refuse(header, Errno.EINVAL, String.valueOf(e.getMessage()));
    }
  }

  private void refuse(MessageHeader header, Errno errno, String message) {
    new Reply(port, header).failure(errno.wireName(), message);
  }

  /** What a reply to a header that makes no sense repeats of it. */
  private static MessageHeader bareHeader(byte[] message) {
    ByteBuffer words = ByteBuffer.wrap(message);
    return MessageHeader.call(words.getInt(PROCEDURE_AT), words.getInt(SERIAL_AT), 0);
  }
}
