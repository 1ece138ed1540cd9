package io.guestfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.appliance.Appliance;
import io.guestfs.appliance.ApplianceEvent;
import io.guestfs.appliance.MachineConfig;
import io.guestfs.appliance.WaitingAppliance;
import io.guestfs.protocol.frame.Limits;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/** "Launches" loopback daemons, each on a socket of its own, and counts buffers and machines. */
final class LoopbackLauncher implements Launch.Launcher, AutoCloseable {

  static final int FIND_ENTRIES = 10_000;

  private static final int BACKLOG = 1024;

  final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
  final AtomicInteger launched = new AtomicInteger();
  final AtomicInteger stopped = new AtomicInteger();

  /** What daemons have sent, in bytes. */
  final AtomicLong sent = new AtomicLong();

  /** All machines that waited for disks, in the order in which they came up. */
  final Queue<FakeWaitingAppliance> waiting = new ConcurrentLinkedQueue<>();

  /** What every launch waits for first. */
  volatile Mono<Void> permission = Mono.empty();

  private final Queue<Channel> channels = new ConcurrentLinkedQueue<>();
  private final Limits limits;
  private final Path directory;
  private final ServerSocketChannel server;

  LoopbackLauncher() {
    this(Limits.LARGEST);
  }

  /** Launches daemons that can deal with these limits. */
  LoopbackLauncher(Limits limits) {
    this.limits = limits;
    try {
      directory = Files.createTempDirectory("loopback");
      server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(directory.resolve("s")), BACKLOG);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread acceptor = new Thread(this::accept, "loopback-acceptor");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel socket = server.accept();
        Thread daemon =
            new Thread(new LoopbackDaemon(socket, limits, FIND_ENTRIES, sent), "loopback-daemon");
        daemon.setDaemon(true);
        daemon.start();
      }
    } catch (IOException e) {
      // The server was closed: the test is over.
    }
  }

  @Override
  public Mono<Appliance> launch(
      EventLoop loop, MachineConfig config, Consumer<ApplianceEvent> listener) {
    // Not by then(): what it waits for is dropped, and not cancelled, when a cancel comes with it.
    return permission.thenReturn(loop).flatMap(this::connect);
  }

  private Mono<Appliance> connect(EventLoop loop) {
    return Mono.create(
        sink -> {
          launched.incrementAndGet();
          var connecting =
              new Bootstrap()
                  .group(loop)
                  .channel(EpollDomainSocketChannel.class)
                  .option(ChannelOption.AUTO_READ, false)
                  .option(ChannelOption.ALLOCATOR, allocator)
                  .handler(new ChannelInboundHandlerAdapter())
                  .connect(new DomainSocketAddress(directory.resolve("s").toFile()));
          channels.add(connecting.channel());
          FakeAppliance appliance = new FakeAppliance(connecting.channel(), stopped);
          sink.onCancel(() -> appliance.stop().subscribe());
          connecting.addListener(
              done -> {
                if (done.isSuccess()) {
                  sink.success(appliance);
                } else {
                  sink.error(done.cause());
                }
              });
        });
  }

  @Override
  public Mono<WaitingAppliance> launchWaiting(
      EventLoop loop, MachineConfig config, Consumer<ApplianceEvent> listener) {
    return launch(loop, config, listener)
        .map(
            appliance -> {
              FakeWaitingAppliance made = new FakeWaitingAppliance((FakeAppliance) appliance);
              waiting.add(made);
              return made;
            });
  }

  /** Machines may be stopped in the background; they have to be in the end. */
  void awaitAllStopped(Duration patience, String where) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (stopped.get() < launched.get() && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(stopped).as(where).hasValue(launched.get());
  }

  /** To be called when all handles were closed. */
  void assertNothingLeaked() throws InterruptedException {
    assertThat(stopped).as("machines stopped").hasValue(launched.get());
    for (Channel channel : channels) {
      channel.closeFuture().sync();
      // Handlers hear of the end in a task of its own, and let go of what they hold then.
      channel.eventLoop().submit(() -> {}).sync();
      channel.eventLoop().submit(() -> {}).sync();
    }
    assertThat(allocator.metric().usedHeapMemory()).as("heap buffers not released").isZero();
    assertThat(allocator.metric().usedDirectMemory()).as("direct buffers not released").isZero();
  }

  @Override
  public void close() throws IOException {
    server.close();
    Files.deleteIfExists(directory.resolve("s"));
    Files.deleteIfExists(directory);
  }
}
