package io.guestfs.daemon.handler;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.protocol.call.CallDescriptor;
import io.guestfs.protocol.call.OptionValues;
import io.guestfs.protocol.frame.Chunk;
import io.guestfs.protocol.frame.Frames;
import io.guestfs.protocol.frame.MessageError;
import io.guestfs.protocol.frame.MessageHeader;
import io.guestfs.protocol.frame.ProtocolConstants;
import io.guestfs.protocol.frame.Status;
import io.guestfs.protocol.xdr.XdrReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** The other end of the daemon's port: a library that does one call after the other. */
final class TestLibrary implements AutoCloseable {
  private static final ByteBufAllocator ALLOCATOR = UnpooledByteBufAllocator.DEFAULT;
  private static final int PROGRESS_SIZE = 24;

  private final SocketChannel channel;
  private final DataInputStream in;
  private final OutputStream out;
  private int serial;
  private int progressMessages;

  TestLibrary(SocketChannel channel) throws IOException {
    this.channel = channel;
    in = new DataInputStream(Channels.newInputStream(channel));
    out = Channels.newOutputStream(channel);
    assertThat(in.readInt()).isEqualTo(ProtocolConstants.LAUNCH_FLAG);
  }

  /** Calls, and gives what the call gives back, null for nothing. */
  <T> @Nullable T call(CallDescriptor<T> call, Object... arguments) {
    return call(call, null, arguments);
  }

  /** Calls with optional arguments. */
  <T> @Nullable T call(CallDescriptor<T> call, @Nullable OptionValues options, Object[] arguments) {
    send(call, options, arguments);
    return reply(call);
  }

  /** Calls, with content behind it. */
  void upload(
      CallDescriptor<?> call, byte[] content, @Nullable OptionValues options, Object... arguments) {
    send(call, options, arguments);
    for (int at = 0; at < content.length; at += ProtocolConstants.CHUNK_MAX) {
      int length = Math.min(ProtocolConstants.CHUNK_MAX, content.length - at);
      write(Frames.chunk(ALLOCATOR, ByteBuffer.wrap(content, at, length)));
    }
    write(Frames.endOfFile(ALLOCATOR));
    reply(call);
  }

  /** Calls, and gives the content behind the reply. */
  byte[] download(CallDescriptor<?> call, @Nullable OptionValues options, Object... arguments) {
    send(call, options, arguments);
    reply(call);
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    while (true) {
      Chunk chunk = Chunk.read(frame());
      if (chunk.cancel()) {
        throw new CallFailedException("", "the download was broken off");
      }
      if (chunk.isEndOfFile()) {
        return content.toByteArray();
      }
      content.writeBytes(ByteBufUtil.getBytes(chunk.data()));
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private void send(
      CallDescriptor<?> call, @Nullable OptionValues options, @Nullable Object[] arguments) {
    long given = options == null ? 0 : options.mask();
    MessageHeader header = MessageHeader.call(call.procedure(), ++serial, given);
    write(Frames.message(ALLOCATOR, header, to -> call.writeArguments(to, arguments, options)));
  }

  private <T> @Nullable T reply(CallDescriptor<T> call) {
    XdrReader reader = new XdrReader(frame());
    MessageHeader header = MessageHeader.read(reader);
    assertThat(header.serial()).isEqualTo(serial);
    assertThat(header.procedure()).isEqualTo(call.procedure());
    if (header.status() == Status.ERROR) {
      MessageError error = MessageError.read(reader);
      throw new CallFailedException(error.errnoName(), error.message());
    }
    T result = call.result().read(reader);
    reader.finish();
    return result;
  }

  /** The next frame that is not progress and not a wish to end an upload, which has ended. */
  private ByteBuf frame() {
    try {
      int word = in.readInt();
      while (word == ProtocolConstants.PROGRESS_FLAG || word == ProtocolConstants.CANCEL_FLAG) {
        if (word == ProtocolConstants.PROGRESS_FLAG) {
          in.skipNBytes(PROGRESS_SIZE);
          progressMessages++;
        }
        word = in.readInt();
      }
      return Unpooled.wrappedBuffer(in.readNBytes(word));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int progressMessages() {
    return progressMessages;
  }

  private void write(ByteBuf frame) {
    try {
      frame.readBytes(out, frame.readableBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      frame.release();
    }
  }
}
