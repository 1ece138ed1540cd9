package io.guestfs.daemon.warming;

import static io.guestfs.calls.wire.DaemonDescriptors.PING_DAEMON;
import static io.guestfs.calls.wire.DeviceDescriptors.LIST_DEVICES;

import io.guestfs.daemon.connection.CallLoop;
import io.guestfs.daemon.connection.Diagnostics;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.linux.Poll;
import io.guestfs.daemon.linux.UnixSocket;
import io.guestfs.protocol.call.CallDescriptor;
import io.guestfs.protocol.call.OptionValues;
import io.guestfs.protocol.frame.Frames;
import io.guestfs.protocol.frame.Limits;
import io.guestfs.protocol.frame.MessageError;
import io.guestfs.protocol.frame.MessageHeader;
import io.guestfs.protocol.frame.Status;
import io.guestfs.protocol.xdr.XdrException;
import io.guestfs.protocol.xdr.XdrReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The library's end of the port, on the daemon's own thread: a call is written, served, and what
 * came back is thrown away. All of that has to fit into the sockets' buffers.
 */
final class WarmingLibrary {
  private static final int SCRATCH_BYTES = 64 * 1024;

  private final CallLoop daemon;
  private final Fd port;
  private final Poll poll = new Poll(1);
  private final ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH_BYTES);

  WarmingLibrary(CallLoop daemon, Fd port) {
    this.daemon = daemon;
    this.port = port;
    poll.awaitReadable(0, port);
  }

  /** Makes a call. */
  void call(CallDescriptor<?> call, Object... arguments) {
    send(call, null, arguments);
    serve(call.name());
  }

  /** Makes a call with optional arguments. */
  void callWith(OptionValues options, CallDescriptor<?> call, Object... arguments) {
    send(call, options, arguments);
    serve(call.name());
  }

  /** Asks for what a program begins with, and for no more. */
  void beginAndLeave() {
    offerLimits();
    send(PING_DAEMON, null);
    send(LIST_DEVICES, null);
    UnixSocket.endOutput(port);
  }

  /** Offers limits, as the library does before any other call. */
  void agreeOnLimits() {
    offerLimits();
    serve("limits");
  }

  private void offerLimits() {
    write(
        Frames.message(
            UnpooledByteBufAllocator.DEFAULT,
            MessageHeader.call(Limits.PROCEDURE, 0, 0),
            Limits.LARGEST::write));
  }

  /** Makes a call that is followed by content. */
  void upload(CallDescriptor<?> call, byte[] content, Object... arguments) {
    send(call, null, arguments);
    write(Frames.chunk(UnpooledByteBufAllocator.DEFAULT, ByteBuffer.wrap(content)));
    write(Frames.endOfFile(UnpooledByteBufAllocator.DEFAULT));
    serve(call.name());
  }

  private void send(CallDescriptor<?> call, @Nullable OptionValues options, Object... arguments) {
    long given = options == null ? 0 : options.mask();
    MessageHeader header = MessageHeader.call(call.procedure(), 0, given);
    write(
        Frames.message(
            UnpooledByteBufAllocator.DEFAULT,
            header,
            body -> call.writeArguments(body, arguments, options)));
  }

  private void write(ByteBuf frame) {
    ByteBuffer bytes = ByteBuffer.allocateDirect(frame.readableBytes());
    frame.readBytes(bytes);
    frame.release();
    port.writeFully(bytes.flip());
  }

  private void serve(String call) {
    daemon.serveNext();
    boolean first = true;
    while (poll.await(0)) {
      scratch.clear();
      port.read(scratch);
      if (first) {
        complain(call, scratch.flip());
        first = false;
      }
    }
  }

  private static void complain(String call, ByteBuffer reply) {
    XdrReader in = new XdrReader(Unpooled.wrappedBuffer(reply).skipBytes(Integer.BYTES));
    try {
      if (MessageHeader.read(in).status() == Status.ERROR) {
        Diagnostics.print("warming: " + call + ": " + MessageError.read(in).message());
      }
    } catch (XdrException e) {
      Diagnostics.print("warming: " + call + ": " + e.getMessage());
    }
  }
}
