package io.guestfs.appliance.qemu;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Sinks;

/**
 * The client of qemu's machine protocol (QMP): JSON objects, one a line; commands are answered in
 * order, events come in between. All state belongs to the channel's event loop.
 */
public final class QmpClient {

  private static final ObjectMapper MAPPER = mapper();

  /** The answer that describes all block nodes of 255 disks takes about 1 MB. */
  private static final int MAX_LINE = 16 << 20;

  private final Consumer<QmpEvent> events;
  private final Sinks.One<Channel> greeted = Sinks.one();
  private volatile String version = "";
  private final Deque<Pending> pending = new ArrayDeque<>();
  private @Nullable Channel open;

  /**
   * Jackson finds out how to read and write a tree when it does so for the first time, under a lock
   * that one event loop would then wait for while another has it. So both are done here.
   */
  private static ObjectMapper mapper() {
    ObjectMapper mapper = new ObjectMapper();
    try {
      byte[] tree = mapper.writeValueAsBytes(mapper.createObjectNode());
      mapper.readTree(mapper.readTree(tree).toString());
      return mapper;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Makes a client that has no connection yet.
   *
   * @param events receives events, on the event loop; must not block
   */
  public QmpClient(Consumer<QmpEvent> events) {
    this.events = events;
  }

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
   * Waits for qemu's greeting and answers it.
   *
   * @return completes when commands can be sent
   */
  public Mono<Void> negotiate() {
    return execute("qmp_capabilities").then();
  }

  /**
   * The version of qemu, as its greeting says.
   *
   * @return empty before {@link #negotiate} has completed
   */
  public String version() {
    return version;
  }

  /**
   * Runs a command without arguments.
   *
   * @param command its name
   * @return what {@link #execute(String, ObjectNode)} returns
   */
  public Mono<JsonNode> execute(String command) {
    return execute(command, JsonNodeFactory.instance.objectNode());
  }

  /**
   * Runs a command.
   *
   * @param command its name
   * @param arguments what it takes
   * @return each subscription sends it once; the result, on the event loop, or a {@link
   *     QmpException}. Cancelling drops the answer, not the command
   */
  public Mono<JsonNode> execute(String command, ObjectNode arguments) {
    return greeted
        .asMono()
        .flatMap(
            channel ->
                Mono.create(
                    sink ->
                        channel
                            .eventLoop()
                            .execute(() -> send(new Pending(command, sink), arguments))));
  }

  /**
   * The process at the other end: qemu itself, however it was started.
   *
   * @return its id; an error when the connection is gone
   */
  public Mono<Long> qemuPid() {
    return greeted
        .asMono()
        .map(
            channel -> {
              try {
                return (long) ((EpollDomainSocketChannel) channel).peerCredentials().pid();
              } catch (IOException e) {
                throw QmpException.closed(e);
              }
            });
  }

  private void send(Pending request, ObjectNode arguments) {
    Channel channel = open;
    if (channel == null) {
      request.sink.error(QmpException.closed(null));
      return;
    }
    ObjectNode message = MAPPER.createObjectNode().put("execute", request.command);
    message.set("arguments", arguments);
    ByteBuf line = channel.alloc().buffer();
    try {
      line.writeBytes(MAPPER.writeValueAsBytes(message)).writeByte('\n');
    } catch (JsonProcessingException e) {
      line.release();
      request.sink.error(e);
      return;
    }
    pending.add(request);
    Channels.send(channel, line);
  }

  private void received(JsonNode message) {
    if (message.has("event")) {
      events.accept(new QmpEvent(message.get("event").asText(), message.path("data")));
      return;
    }
    if (message.has("QMP")) {
      version = message.get("QMP").path("version").toString();
      greeted.tryEmitValue(open);
      return;
    }
    Pending request = pending.poll();
    if (request == null) {
      return;
    }
    JsonNode error = message.get("error");
    if (error != null) {
      request.sink.error(QmpException.refused(request.command, error.path("desc").asText()));
    } else {
      request.sink.success(message.path("return"));
    }
  }

  private void close(@Nullable Throwable cause) {
    if (open != null) {
      Channels.close(open);
      open = null;
    }
    greeted.tryEmitError(QmpException.closed(cause));
    while (!pending.isEmpty()) {
      pending.remove().sink.error(QmpException.closed(cause));
    }
  }

  private record Pending(String command, MonoSink<JsonNode> sink) {}

  private final class Receiver extends SimpleChannelInboundHandler<ByteBuf> {

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf line) throws IOException {
      try (InputStream in = new ByteBufInputStream(line)) {
        received(MAPPER.readTree(in));
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      close(null);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      close(cause);
    }
  }
}
