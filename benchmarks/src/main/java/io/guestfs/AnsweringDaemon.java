package io.guestfs;

import io.guestfs.appliance.Accelerator;
import io.guestfs.appliance.AcceleratorChoice;
import io.guestfs.appliance.Appliance;
import io.guestfs.appliance.ApplianceEvent;
import io.guestfs.appliance.ApplianceExit;
import io.guestfs.appliance.MachineConfig;
import io.guestfs.protocol.frame.Frames;
import io.guestfs.protocol.frame.Limits;
import io.guestfs.protocol.frame.MessageHeader;
import io.guestfs.protocol.frame.Status;
import io.guestfs.protocol.xdr.XdrReader;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A daemon in a thread that says that each call succeeded, at once, so that what is left is the
 * price of the library and of a Unix socket.
 */
final class AnsweringDaemon implements Launch.Launcher, AutoCloseable {

  private final Path directory;
  private final ServerSocketChannel server;

  AnsweringDaemon() {
    try {
      directory = Files.createTempDirectory("answering");
      server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(directory.resolve("s")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread acceptor = new Thread(this::accept, "answering-acceptor");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  /** A connection without anything of the library; the launch flag has been read. */
  SocketChannel connect() {
    try {
      SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(directory.resolve("s")));
      readFully(socket, ByteBuffer.allocateDirect(Integer.BYTES));
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void readFully(SocketChannel socket, ByteBuffer to) throws IOException {
    while (to.hasRemaining()) {
      if (socket.read(to) < 0) {
        throw new IOException("the other side has closed the socket");
      }
    }
    to.flip();
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel socket = server.accept();
        Thread daemon = new Thread(() -> serve(socket), "answering-daemon");
        daemon.setDaemon(true);
        daemon.start();
      }
    } catch (IOException e) {
      // The server was closed.
    }
  }

  private static void serve(SocketChannel socket) {
    ByteBuffer length = ByteBuffer.allocateDirect(Integer.BYTES);
    ByteBuffer message = ByteBuffer.allocateDirect(Limits.BASE.chunkMax());
    try (socket) {
      write(socket, Frames.launchFlag(UnpooledByteBufAllocator.DEFAULT));
      while (true) {
        readFully(socket, length.clear());
        readFully(socket, message.clear().limit(length.getInt()));
        write(socket, answer(message));
      }
    } catch (IOException e) {
      // The library has closed the connection.
    }
  }

  private static ByteBuf answer(ByteBuffer message) {
    XdrReader in = new XdrReader(Unpooled.wrappedBuffer(message));
    MessageHeader header = MessageHeader.read(in);
    UnpooledByteBufAllocator allocator = UnpooledByteBufAllocator.DEFAULT;
    if (header.procedure() == Limits.PROCEDURE) {
      return Frames.message(allocator, header.reply(Status.OK), Limits.LARGEST::write);
    }
    return Frames.message(allocator, header.reply(Status.OK));
  }

  private static void write(SocketChannel socket, ByteBuf frame) throws IOException {
    ByteBuffer bytes = frame.nioBuffer();
    while (bytes.hasRemaining()) {
      socket.write(bytes);
    }
    frame.release();
  }

  @Override
  public Mono<Appliance> launch(
      EventLoop loop, MachineConfig config, Consumer<ApplianceEvent> listener) {
    return Mono.create(
        sink ->
            new Bootstrap()
                .group(loop)
                .channel(EpollDomainSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .handler(new ChannelInboundHandlerAdapter())
                .connect(new DomainSocketAddress(directory.resolve("s").toFile()))
                .addListener(
                    (ChannelFuture connected) -> {
                      if (connected.isSuccess()) {
                        sink.success(new OnlyChannel(connected.channel()));
                      } else {
                        sink.error(connected.cause());
                      }
                    }));
  }

  @Override
  public void close() throws IOException {
    server.close();
    Files.deleteIfExists(directory.resolve("s"));
    Files.delete(directory);
  }

  /** What is there of a machine. */
  private record OnlyChannel(Channel channel) implements Appliance {

    @Override
    public Mono<ApplianceExit> exit() {
      return Mono.never();
    }

    @Override
    public Flux<String> console() {
      return Flux.never();
    }

    @Override
    public List<String> consoleTail() {
      return List.of();
    }

    @Override
    public AcceleratorChoice accelerator() {
      return new AcceleratorChoice(Accelerator.TCG, "there is no machine");
    }

    @Override
    public Mono<Long> qemuPid() {
      return Mono.empty();
    }

    @Override
    public Mono<Void> stop() {
      return Mono.fromRunnable(
          () -> {
            ChannelFuture unused = channel.close();
          });
    }
  }
}
