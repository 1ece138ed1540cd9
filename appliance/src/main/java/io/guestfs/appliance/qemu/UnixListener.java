package io.guestfs.appliance.qemu;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.file.Path;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A Unix socket on which exactly one connection is taken. We listen and qemu connects, so there is
 * no moment at which a socket has to be waited for.
 */
public final class UnixListener {

  private final Channel server;
  private final Sinks.One<Channel> accepted;

  private UnixListener(Channel server, Sinks.One<Channel> accepted) {
    this.server = server;
    this.accepted = accepted;
  }

  /**
   * Binds the socket.
   *
   * @param loop runs the listener and the connection
   * @param path of the socket, at most 107 bytes
   * @param receiver gets the connection on the event loop, before anything was read from it, with
   *     auto-read off and an empty pipeline. Later would be too late: when the other end hangs up,
   *     epoll reads whatever auto-read says
   * @return the listener, bound
   */
  public static Mono<UnixListener> bind(EventLoop loop, Path path, Consumer<Channel> receiver) {
    return Mono.create(
        sink -> {
          Sinks.One<Channel> accepted = Sinks.one();
          ChannelFuture bound =
              new ServerBootstrap()
                  .group(loop)
                  .channel(EpollServerDomainSocketChannel.class)
                  .childOption(ChannelOption.AUTO_READ, false)
                  .childHandler(new AcceptOne(receiver, accepted))
                  .bind(new DomainSocketAddress(path.toFile()));
          bound.addListener(
              done -> {
                if (done.isSuccess()) {
                  sink.success(new UnixListener(bound.channel(), accepted));
                } else {
                  sink.error(done.cause());
                }
              });
        });
  }

  /**
   * The connection.
   *
   * @return the channel, once it is connected and its receiver has it
   */
  public Mono<Channel> accepted() {
    return accepted.asMono();
  }

  /** Closes the connection, taken or not, and stops listening. */
  public void close() {
    Channels.close(server);
    accepted.tryEmitEmpty();
    accepted.asMono().subscribe(Channels::close);
  }

  /** Takes the first connection, and closes the listener behind it. */
  private static final class AcceptOne extends ChannelInboundHandlerAdapter {

    private final Consumer<Channel> receiver;
    private final Sinks.One<Channel> accepted;

    AcceptOne(Consumer<Channel> receiver, Sinks.One<Channel> accepted) {
      this.receiver = receiver;
      this.accepted = accepted;
    }

    @Override
    public boolean isSharable() {
      return true;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
      context.pipeline().remove((ChannelHandler) this);
      Channel channel = context.channel();
      Channels.close(channel.parent());
      receiver.accept(channel);
      if (accepted.tryEmitValue(channel).isFailure()) {
        Channels.close(channel);
      }
    }
  }
}
