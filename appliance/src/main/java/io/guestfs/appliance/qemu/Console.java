package io.guestfs.appliance.qemu;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import reactor.core.publisher.BufferOverflowStrategy;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * What the guest says on its serial console, as lines. The last of them are kept; memory is bounded
 * whatever a hostile guest writes, and nobody who listens can stall it.
 */
public final class Console {

  /** Lines that are kept. */
  static final int TAIL_LINES = 200;

  /** A longer line is cut into several. */
  static final int MAX_LINE_BYTES = 4096;

  /**
   * How long the last words of a guest may take from the socket to here. Whoever waits for how qemu
   * ended waits for them, too, and not much longer.
   */
  private static final Duration LAST_WORDS = Duration.ofMillis(800);

  private final Consumer<String> listener;
  private final Sinks.Many<String> lines = Sinks.many().replay().limit(TAIL_LINES);
  private final Sinks.Empty<Void> ended = Sinks.empty();
  private final Deque<String> tail = new ArrayDeque<>();
  private final ByteArrayOutputStream partial = new ByteArrayOutputStream();
  private volatile boolean connected;

  /**
   * Makes a console that has said nothing yet.
   *
   * @param listener receives each line, on the event loop; must not block
   */
  public Console(Consumer<String> listener) {
    this.listener = listener;
  }

  /**
   * Begins to read.
   *
   * @param channel connected, auto-read off, pipeline empty; called on its event loop
   */
  public void read(Channel channel) {
    connected = true;
    channel.pipeline().addLast(new Receiver());
    channel.config().setAutoRead(true);
  }

  /**
   * The last lines so far.
   *
   * @return oldest first
   */
  public List<String> tail() {
    synchronized (tail) {
      return List.copyOf(tail);
    }
  }

  /**
   * The last lines of a guest that has ended, once they have all been read.
   *
   * @return oldest first
   */
  public Mono<List<String>> finalTail() {
    return Mono.defer(() -> connected ? ended.asMono() : Mono.empty())
        .timeout(LAST_WORDS, Mono.empty())
        .then(Mono.fromSupplier(this::tail));
  }

  /**
   * The last lines so far, then what comes, until the guest ends.
   *
   * @return a hot stream; a slow subscriber loses the oldest lines it has not taken
   */
  public Flux<String> lines() {
    return lines
        .asFlux()
        .onBackpressureBuffer(TAIL_LINES, lost -> {}, BufferOverflowStrategy.DROP_OLDEST);
  }

  private void received(byte b) {
    if (b == '\n') {
      endLine();
    } else if (b != '\r') {
      partial.write(b);
      if (partial.size() == MAX_LINE_BYTES) {
        endLine();
      }
    }
  }

  private void endLine() {
    String line = partial.toString(StandardCharsets.UTF_8);
    partial.reset();
    synchronized (tail) {
      if (tail.size() == TAIL_LINES) {
        tail.removeFirst();
      }
      tail.addLast(line);
    }
    lines.tryEmitNext(line);
    listener.accept(line);
  }

  private void end() {
    if (partial.size() > 0) {
      endLine();
    }
    lines.tryEmitComplete();
    ended.tryEmitEmpty();
  }

  private final class Receiver extends SimpleChannelInboundHandler<ByteBuf> {

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
      while (bytes.isReadable()) {
        received(bytes.readByte());
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      end();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      Channels.close(context.channel());
    }
  }
}
