package io.guestfs.daemon.connection;

import io.guestfs.protocol.frame.Chunk;
import io.guestfs.protocol.frame.MessageError;
import io.guestfs.protocol.frame.MessageHeader;
import io.guestfs.protocol.frame.ProtocolConstants;
import io.guestfs.protocol.frame.Status;
import io.guestfs.protocol.xdr.XdrReader;
import io.guestfs.protocol.xdr.XdrWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** The library's side of the port, written out by hand, frame by frame. */
final class RawClient implements AutoCloseable {
  private final SocketChannel channel;

  RawClient(SocketChannel channel) {
    this.channel = channel;
  }

  void sendWord(int word) throws IOException {
    send(ByteBuffer.allocate(4).putInt(word).flip());
  }

  void call(int procedure, int serial, byte... arguments) throws IOException {
    message(MessageHeader.call(procedure, serial, 0), arguments);
  }

  void message(MessageHeader header, byte... body) throws IOException {
    ByteBuf buffer = Unpooled.buffer();
    header.write(new XdrWriter(buffer));
    buffer.writeBytes(body);
    frame(buffer);
  }

  void chunk(boolean cancel, byte... data) throws IOException {
    ByteBuf buffer = Unpooled.buffer();
    XdrWriter writer = new XdrWriter(buffer);
    writer.writeBool(cancel);
    writer.writeOpaque(data);
    frame(buffer);
  }

  void frame(ByteBuf content) throws IOException {
    sendWord(content.readableBytes());
    send(content.nioBuffer());
  }

  void send(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  int word() throws IOException {
    return receive(4).getInt();
  }

  ByteBuf frame() throws IOException {
    return Unpooled.wrappedBuffer(receive(word()));
  }

  Chunk chunk() throws IOException {
    return Chunk.read(frame());
  }

  /** The next reply, of any status; what follows its header is left in the reader. */
  XdrReader reply(int procedure, int serial, Status status) throws IOException {
    XdrReader reader = new XdrReader(frame());
    MessageHeader expected = MessageHeader.call(procedure, serial, 0).reply(status);
    MessageHeader header = MessageHeader.read(reader);
    if (!header.equals(expected)) {
      throw new AssertionError(header + " instead of " + expected);
    }
    return reader;
  }

  MessageError error(int procedure, int serial) throws IOException {
    return MessageError.read(reply(procedure, serial, Status.ERROR));
  }

  /** The next progress message as "position/total". */
  String progress(int procedure, int serial) throws IOException {
    if (word() != ProtocolConstants.PROGRESS_FLAG) {
      throw new AssertionError("not progress");
    }
    ByteBuffer content = receive(24);
    if (content.getInt() != procedure || content.getInt() != serial) {
      throw new AssertionError("progress of another call");
    }
    return content.getLong() + "/" + content.getLong();
  }

  private ByteBuffer receive(int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException("the daemon has closed the port");
      }
    }
    return buffer.flip();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
