package io.guestfs.daemon.connection;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.protocol.call.CallDescriptor;
import io.guestfs.protocol.frame.MessageError;
import io.guestfs.protocol.frame.MessageHeader;
import io.guestfs.protocol.frame.Status;
import io.guestfs.protocol.xdr.XdrException;
import io.guestfs.protocol.xdr.XdrWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The answer to one call. */
final class Reply {
  private static final int INITIAL_SIZE = 512;

  private final PortWriter writer;
  private final int messageMax;
  private final MessageHeader call;

  Reply(Port port, MessageHeader call) {
    this.writer = port.writer();
    this.messageMax = port.limits().messageMax();
    this.call = call;
  }

  /** Success without a result; it goes out with what follows. */
  void success() {
    ByteBuf message = begin(Status.OK);
    put(message);
  }

  /** Success with a result. */
  void success(CallDescriptor<?> descriptor, @Nullable Object result) {
    try {
      success(out -> descriptor.result().write(out, result));
    } catch (XdrException full) {
      throw new CallException(
          Errno.E2BIG,
          descriptor.name()
              + ": the result is larger than a reply may be, which is "
              + messageMax
              + " bytes; what streams, such as download, has no such limit");
    }
  }

  /**
   * Success with what {@code body} writes.
   *
   * @throws XdrException when that is too much; nothing has gone out then
   */
  void success(Consumer<XdrWriter> body) {
    ByteBuf message = begin(Status.OK);
    body.accept(new XdrWriter(message));
    put(message);
    writer.flush();
  }

  void failure(String errnoName, String text) {
    ByteBuf message = begin(Status.ERROR);
    MessageError.abridged(errnoName, text).write(new XdrWriter(message));
    put(message);
    writer.flush();
  }

  private ByteBuf begin(Status status) {
    ByteBuf message = Unpooled.buffer(INITIAL_SIZE, messageMax);
    call.reply(status).write(new XdrWriter(message));
    return message;
  }

  private void put(ByteBuf message) {
    int length = message.readableBytes();
    writer.putInt(length);
    writer.put(ByteBuffer.wrap(message.array(), message.arrayOffset(), length));
  }
}
