package io.guestfs.appliance.qemu;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/** Both ends of a connection: ours as the launcher has it, and qemu's for the test to play. */
final class SocketPair implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final UnixListener listener;
  private final SocketChannel qemu;
  private final BufferedReader fromUs;
  private final Channel channel;

  SocketPair(Path directory, Consumer<Channel> receiver) throws IOException {
    Path path = directory.resolve("socket");
    listener = await(UnixListener.bind(loops.next(), path, receiver));
    qemu = SocketChannel.open(UnixDomainSocketAddress.of(path));
    fromUs =
        new BufferedReader(
            new InputStreamReader(Channels.newInputStream(qemu), StandardCharsets.UTF_8));
    channel = await(listener.accepted());
  }

  static <T> T await(Mono<T> value) {
    return value.blockOptional(PATIENCE).orElseThrow();
  }

  Channel channel() {
    return channel;
  }

  UnixListener listener() {
    return listener;
  }

  void say(String text) throws IOException {
    say(text.getBytes(StandardCharsets.UTF_8));
  }

  void say(byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      qemu.write(buffer);
    }
  }

  String hear() throws IOException {
    return Optional.ofNullable(fromUs.readLine()).orElseThrow();
  }

  void hangUp() throws IOException {
    qemu.close();
  }

  @Override
  public void close() throws IOException {
    qemu.close();
    listener.close();
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
