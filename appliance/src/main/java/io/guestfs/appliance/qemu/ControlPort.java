package io.guestfs.appliance.qemu;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.LineBasedFrameDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The port through which a machine is saved, woken and told of its disks: lines of text. The guest
 * says one line when it can be saved, and one in answer to each that it is told.
 */
public final class ControlPort {

  private static final int MAX_LINE = 1024;

  private volatile Sinks.One<String> word = Sinks.one();
  private volatile @Nullable Channel open;

  /**
   * Takes the connection.
   *
   * @param channel connected, auto-read off, pipeline empty; called on its event loop
   */
  public void open(Channel channel) {
    open = channel;
    channel.pipeline().addLast(new LineBasedFrameDecoder(MAX_LINE), new Receiver());
    channel.config().setAutoRead(true);
  }

  /**
   * What the guest says by itself.
   *
   * @return its line, on the event loop; an error when the connection ends before
   */
  public Mono<String> word() {
    return word.asMono();
  }

  /**
   * Says something to the guest.
   *
   * @param line without its end
   * @return each subscription says it once; the answer, on the event loop; an error when the
   *     connection ends before
   */
  public Mono<String> ask(String line) {
    return Mono.defer(
        () -> {
          Channel channel = open;
          Sinks.One<String> answer = Sinks.one();
          if (channel == null) {
            return Mono.error(closed());
          }
          channel.eventLoop().execute(() -> send(channel, line, answer));
          return answer.asMono();
        });
  }

  private void send(Channel channel, String line, Sinks.One<String> answer) {
    if (channel.isActive()) {
      word = answer;
      Channels.send(channel, ByteBufUtil.writeAscii(channel.alloc(), line + "\n"));
    } else {
      answer.tryEmitError(closed());
    }
  }

  private static IllegalStateException closed() {
    return new IllegalStateException("qemu closed the control port");
  }

  private final class Receiver extends SimpleChannelInboundHandler<ByteBuf> {

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf line) {
      word.tryEmitValue(line.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      word.tryEmitError(closed());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      word.tryEmitError(cause);
      Channels.close(context.channel());
    }
  }
}
