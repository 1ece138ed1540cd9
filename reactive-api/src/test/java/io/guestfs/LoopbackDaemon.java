package io.guestfs;

import io.guestfs.calls.StatNS;
import io.guestfs.calls.wire.AttributeDescriptors;
import io.guestfs.calls.wire.DaemonDescriptors;
import io.guestfs.calls.wire.DirectoryDescriptors;
import io.guestfs.calls.wire.FileDescriptors;
import io.guestfs.calls.wire.InternalDescriptors;
import io.guestfs.calls.wire.TransferDescriptors;
import io.guestfs.protocol.call.CallDescriptor;
import io.guestfs.protocol.frame.Chunk;
import io.guestfs.protocol.frame.Frames;
import io.guestfs.protocol.frame.Limits;
import io.guestfs.protocol.frame.MessageError;
import io.guestfs.protocol.frame.MessageHeader;
import io.guestfs.protocol.frame.ProtocolConstants;
import io.guestfs.protocol.frame.Status;
import io.guestfs.protocol.xdr.XdrReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A small daemon on a real socket, one call at a time, as blocking as the real one. What it does is
 * in the path that it is given:
 *
 * <ul>
 *   <li>a download of {@code /bytes/N} gives N bytes, of which each is its offset modulo 251
 *   <li>an upload to {@code /refuse/N} is broken off by the daemon after N bytes
 *   <li>a {@code touch} of {@code /fail} fails
 * </ul>
 */
final class LoopbackDaemon implements Runnable {

  /** What reader and server tell each other: a body, or null for a cancel flag. */
  private record Item(@Nullable ByteBuf body) {}

  private static final Item CANCEL = new Item(null);
  private static final Item END = new Item(Unpooled.EMPTY_BUFFER);
  private static final int QUEUED_ITEMS = 16;
  private static final int MODULUS = 251;

  private static final StatNS NOTHING =
      new StatNS(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0, 0, 0, 0, 0, 0);

  private interface Handler {
    void serve(MessageHeader header, Object[] arguments) throws IOException, InterruptedException;
  }

  private final SocketChannel socket;
  private final BlockingQueue<Item> received = new ArrayBlockingQueue<>(QUEUED_ITEMS);
  private final UnpooledByteBufAllocator allocator = UnpooledByteBufAllocator.DEFAULT;
  private final int findEntries;
  private final AtomicLong sent;
  private final Limits largest;
  private Limits limits = Limits.BASE;

  private final Map<CallDescriptor<?>, Handler> handlers =
      Map.ofEntries(
          Map.entry(DaemonDescriptors.PING_DAEMON, (header, arguments) -> ok(header)),
          Map.entry(InternalDescriptors.INTERNAL_AUTOSYNC, (header, arguments) -> ok(header)),
          Map.entry(FileDescriptors.TOUCH, this::touch),
          Map.entry(
              AttributeDescriptors.LSTATNS,
              (header, arguments) -> reply(header, AttributeDescriptors.LSTATNS, NOTHING)),
          Map.entry(DirectoryDescriptors.FIND0, (header, arguments) -> find0(header)),
          Map.entry(TransferDescriptors.UPLOAD, this::upload),
          Map.entry(TransferDescriptors.DOWNLOAD, this::download));

  /**
   * A daemon that can deal with {@code largest}; one of libguestfs when those are the base's.
   *
   * @param sent counts what goes out, in bytes
   */
  LoopbackDaemon(SocketChannel socket, Limits largest, int findEntries, AtomicLong sent) {
    this.socket = socket;
    this.sent = sent;
    this.largest = largest;
    this.findEntries = findEntries;
  }

  static ByteBuffer content(long offset, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) ((offset + i) % MODULUS);
    }
    return ByteBuffer.wrap(bytes);
  }

  /** Serves until the peer closes. */
  @Override
  public void run() {
    Thread reader = new Thread(this::read, "loopback-reader");
    reader.setDaemon(true);
    reader.start();
    try {
      send(Frames.launchFlag(allocator));
      for (Item item = received.take(); !item.equals(END); item = received.take()) {
        if (item.body() != null) {
          serve(item.body());
        }
      }
    } catch (IOException e) {
      // The peer has gone, which is how every conversation ends.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() {
    try (DataInputStream in = new DataInputStream(Channels.newInputStream(socket))) {
      while (true) {
        int word = in.readInt();
        received.put(
            word == ProtocolConstants.CANCEL_FLAG
                ? CANCEL
                : new Item(Unpooled.wrappedBuffer(in.readNBytes(word))));
      }
    } catch (IOException e) {
      while (!received.offer(END)) {
        received.clear();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(ByteBuf message) throws IOException, InterruptedException {
    XdrReader in = new XdrReader(message);
    MessageHeader header = MessageHeader.read(in);
    if (header.procedure() == Limits.PROCEDURE && !largest.equals(Limits.BASE)) {
      limits = Limits.read(in).least(largest);
      send(Frames.message(allocator, header.reply(Status.OK), limits::write));
      return;
    }
    for (Map.Entry<CallDescriptor<?>, Handler> entry : handlers.entrySet()) {
      if (entry.getKey().procedure() == header.procedure()) {
        Object[] arguments = entry.getKey().readArguments(in, header.optionalArguments());
        entry.getValue().serve(header, arguments);
        return;
      }
    }
    fail(header, "ENOTSUP", "unknown procedure number " + header.procedure());
  }

  private void touch(MessageHeader header, Object[] arguments) throws IOException {
    if (arguments[0].equals("/fail")) {
      fail(header, "EIO", "told to fail");
    } else {
      ok(header);
    }
  }

  private void find0(MessageHeader header) throws IOException {
    ok(header);
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < findEntries; i++) {
      names.append("file").append(i).append('\0');
    }
    ByteBuffer content = StandardCharsets.US_ASCII.encode(names.toString());
    while (content.hasRemaining()) {
      int length = Math.min(content.remaining(), limits.chunkMax());
      send(Frames.chunk(allocator, content.slice(content.position(), length)));
      content.position(content.position() + length);
    }
    send(Frames.endOfFile(allocator));
  }

  private void upload(MessageHeader header, Object[] arguments)
      throws IOException, InterruptedException {
    String path = (String) arguments[0];
    long limit = path.startsWith("/refuse/") ? number(path) : Long.MAX_VALUE;
    long offset = 0;
    boolean refused = false;
    while (true) {
      Item item = received.take();
      if (item.body() == null) {
        continue;
      }
      Chunk chunk = Chunk.read(item.body(), limits.chunkMax());
      if (chunk.cancel() || chunk.isEndOfFile()) {
        boolean broken = refused || chunk.cancel();
        if (broken) {
          fail(header, "ECANCELED", refused ? "refused" : "cancelled");
        } else {
          ok(header);
        }
        return;
      }
      offset += chunk.data().readableBytes();
      if (!refused && offset >= limit) {
        refused = true;
        send(Frames.cancelFlag(allocator));
      }
    }
  }

  private void download(MessageHeader header, Object[] arguments) throws IOException {
    long size = number((String) arguments[0]);
    ok(header);
    long offset = 0;
    while (offset < size) {
      if (CANCEL.equals(received.peek())) {
        received.remove();
        send(Frames.cancelChunk(allocator));
        return;
      }
      int length = (int) Math.min(size - offset, limits.chunkMax());
      send(Frames.chunk(allocator, content(offset, length)));
      offset += length;
    }
    send(Frames.endOfFile(allocator));
  }

  private static long number(String path) {
    return Long.parseLong(path.substring(path.lastIndexOf('/') + 1));
  }

  private void ok(MessageHeader header) throws IOException {
    send(Frames.message(allocator, header.reply(Status.OK)));
  }

  private void reply(MessageHeader header, CallDescriptor<?> call, Object result)
      throws IOException {
    send(
        Frames.message(
            allocator, header.reply(Status.OK), out -> call.result().write(out, result)));
  }

  private void fail(MessageHeader header, String errno, String message) throws IOException {
    send(
        Frames.message(
            allocator, header.reply(Status.ERROR), new MessageError(errno, message)::write));
  }

  private void send(ByteBuf frame) throws IOException {
    try {
      ByteBuffer bytes = frame.nioBuffer();
      while (bytes.hasRemaining()) {
        sent.addAndGet(socket.write(bytes));
      }
    } finally {
      frame.release();
    }
  }
}
