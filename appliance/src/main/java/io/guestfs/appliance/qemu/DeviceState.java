package io.guestfs.appliance.qemu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Moves the state of a machine's devices out of qemu and into another: a migration, over a Unix
 * socket, that leaves the memory where it is, in its file.
 */
public final class DeviceState {

  /** A machine without users' disks has about half a megabyte. */
  private static final int MAX_BYTES = 64 << 20;

  private static final String IGNORE_SHARED = "x-ignore-shared";
  private static final String EVENTS = "events";

  private final QmpClient monitor;
  private final EventLoop loop;
  private final Path socket;

  /**
   * Prepares to move.
   *
   * @param monitor of the machine, negotiated
   * @param loop runs the socket
   * @param socket its path, free
   */
  public DeviceState(QmpClient monitor, EventLoop loop, Path socket) {
    this.monitor = monitor;
    this.loop = loop;
    this.socket = socket;
  }

  /**
   * Takes the state out of a machine that has been stopped.
   *
   * @return the state; an error when qemu says that it failed
   */
  public Mono<byte[]> save() {
    Receiver receiver = new Receiver();
    return UnixListener.bind(loop, socket, receiver::open)
        .flatMap(
            listener ->
                setCapabilities()
                    .then(monitor.execute("migrate", uri()))
                    .then(receiver.content.asMono())
                    .doFinally(signal -> listener.close()))
        .delayUntil(content -> monitor.execute("query-migrate").doOnNext(DeviceState::check));
  }

  /**
   * Puts state into a machine that waits for it.
   *
   * @param state what {@link #save} gave
   * @param loaded completes when qemu reports the end of the migration
   * @return completes then
   */
  public Mono<Void> load(byte[] state, Mono<Void> loaded) {
    return setCapabilities()
        .then(monitor.execute("migrate-incoming", uri()))
        .then(send(state))
        .then(loaded);
  }

  /**
   * Reads qemu's report of how a migration goes.
   *
   * @param event any event
   * @param outcome is completed or failed when it was the end of one
   */
  public static void observe(QmpEvent event, Sinks.Empty<Void> outcome) {
    if (event.name().equals("MIGRATION")) {
      switch (event.data().path("status").asText()) {
        case "completed" -> outcome.tryEmitEmpty();
        case "failed" -> outcome.tryEmitError(new IOException("qemu cannot load the saved state"));
        default -> {
          // On its way.
        }
      }
    }
  }

  private Mono<JsonNode> setCapabilities() {
    ObjectNode arguments = JsonNodeFactory.instance.objectNode();
    for (String name : new String[] {IGNORE_SHARED, EVENTS}) {
      arguments.withArray("capabilities").addObject().put("capability", name).put("state", true);
    }
    return monitor.execute("migrate-set-capabilities", arguments);
  }

  private ObjectNode uri() {
    return JsonNodeFactory.instance.objectNode().put("uri", "unix:" + socket);
  }

  private static void check(JsonNode migration) {
    String status = migration.path("status").asText();
    if (!status.equals("completed")) {
      throw new IllegalStateException(
          "qemu did not save its state: " + status + migration.path("error-desc").asText(""));
    }
  }

  private Mono<Void> send(byte[] state) {
    return Mono.create(
        sink -> {
          ChannelFuture connected =
              new Bootstrap()
                  .group(loop)
                  .channel(EpollDomainSocketChannel.class)
                  .handler(new ChannelInboundHandlerAdapter())
                  .connect(new DomainSocketAddress(socket.toFile()));
          connected.addListener(
              done -> {
                if (!done.isSuccess()) {
                  sink.error(done.cause());
                  return;
                }
                Channel channel = connected.channel();
                channel
                    .writeAndFlush(direct(state))
                    .addListener(ChannelFutureListener.CLOSE)
                    .addListener(
                        written -> {
                          if (written.isSuccess()) {
                            sink.success();
                          } else {
                            sink.error(written.cause());
                          }
                        });
              });
        });
  }

  /**
   * As the socket takes it. Of an array Netty would make a copy from its pool, which event loops
   * that ask for so much at the same time wait for in turn.
   */
  private static ByteBuf direct(byte[] state) {
    return Unpooled.directBuffer(state.length).writeBytes(state);
  }

  /** Collects what qemu sends until it closes the connection. */
  private static final class Receiver extends SimpleChannelInboundHandler<ByteBuf> {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Sinks.One<byte[]> content = Sinks.one();

    void open(Channel channel) {
      channel.pipeline().addLast(this);
      channel.config().setAutoRead(true);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf piece) throws IOException {
      if (bytes.size() + piece.readableBytes() > MAX_BYTES) {
        throw new IOException("the state is larger than " + MAX_BYTES + " bytes");
      }
      piece.readBytes(bytes, piece.readableBytes());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      content.tryEmitValue(bytes.toByteArray());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      content.tryEmitError(cause);
      Channels.close(context.channel());
    }
  }
}
