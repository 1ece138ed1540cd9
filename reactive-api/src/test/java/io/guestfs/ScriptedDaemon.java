package io.guestfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.appliance.Environment;
import io.guestfs.appliance.MachineConfig;
import io.guestfs.calls.wire.DaemonDescriptors;
import io.guestfs.protocol.call.CallDescriptor;
import io.guestfs.protocol.frame.Chunk;
import io.guestfs.protocol.frame.Direction;
import io.guestfs.protocol.frame.Frame;
import io.guestfs.protocol.frame.FrameDecoder;
import io.guestfs.protocol.frame.Frames;
import io.guestfs.protocol.frame.Limits;
import io.guestfs.protocol.frame.MessageError;
import io.guestfs.protocol.frame.MessageHeader;
import io.guestfs.protocol.frame.ProtocolConstants;
import io.guestfs.protocol.frame.Status;
import io.guestfs.protocol.xdr.GuestString;
import io.guestfs.protocol.xdr.XdrReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A daemon that does what a test says, on the thread of the test and on a clock that stands still:
 * it expects what the library has to send, and sends bytes of which nobody checks the sense.
 */
final class ScriptedDaemon {

  static final Timeouts TIMEOUTS =
      new Timeouts(
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofSeconds(5));

  static final int ADMISSION = 8;

  final OrderlyChannel channel = new OrderlyChannel();
  final FakeAppliance appliance = new FakeAppliance(channel);
  final List<GuestfsEvent> events = new ArrayList<>();
  final GuestfsHandle guestfs;
  final Connection connection;

  /** Counts what was not released. */
  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);

  private final Limits limits;
  private final ByteBuf received = Unpooled.buffer();

  ScriptedDaemon() {
    this(TIMEOUTS, Limits.BASE);
  }

  ScriptedDaemon(Timeouts timeouts, Limits limits) {
    this(timeouts, limits, GuardedInstrumentation.NONE);
  }

  ScriptedDaemon(Timeouts timeouts, Limits limits, GuestfsInstrumentation instrumentation) {
    this.limits = limits;
    channel.freezeTime();
    channel.config().setAllocator(allocator);
    channel.pipeline().addLast(new FrameDecoder(limits.messageMax()));
    EventHub hub = new EventHub(channel.eventLoop(), events::add);
    Settings settings = new Settings();
    settings.trace = true;
    MachineConfig machine = MachineConfig.builder(Environment.of(Map.of())).build();
    HandleProperties properties = new HandleProperties(machine, List.of("force_tcg"), settings);
    CallTracer tracer = new CallTracer(properties, hub);
    connection =
        new Connection(
            appliance, timeouts, new Admission(ADMISSION), limits, hub, tracer, instrumentation);
    connection.open();
    guestfs = new GuestfsHandle(appliance, connection, hub, properties, null);
  }

  // What the library has to send.

  /** The next thing that was sent is this call. */
  Received expect(CallDescriptor<?> call) {
    ByteBuf message = nextBody("call " + call.name());
    XdrReader in = new XdrReader(message);
    MessageHeader header = MessageHeader.read(in);
    assertThat(header.procedure()).as("procedure of %s", call.name()).isEqualTo(call.procedure());
    assertThat(header.direction()).isEqualTo(Direction.CALL);
    return new Received(call, header, call.readArguments(in, header.optionalArguments()));
  }

  /** The next thing that was sent is this call, without any arguments. */
  Received expectBare(CallDescriptor<?> call) {
    XdrReader in = new XdrReader(nextBody("call " + call.name()));
    MessageHeader header = MessageHeader.read(in);
    in.finish();
    assertThat(header.procedure()).as("procedure of %s", call.name()).isEqualTo(call.procedure());
    return new Received(call, header, new Object[0]);
  }

  /** The next thing that was sent is a chunk; gives its content. */
  byte[] expectChunk() {
    Chunk chunk = Chunk.read(nextBody("chunk"), limits.chunkMax());
    assertThat(chunk.cancel()).as("cancel").isFalse();
    assertThat(chunk.isEndOfFile()).as("end of file").isFalse();
    byte[] content = new byte[chunk.data().readableBytes()];
    chunk.data().readBytes(content);
    return content;
  }

  void expectEndOfFile() {
    assertThat(Chunk.read(nextBody("end of file")).isEndOfFile()).as("end of file").isTrue();
  }

  void expectCancelChunk() {
    assertThat(Chunk.read(nextBody("cancel chunk")).cancel()).as("cancel chunk").isTrue();
  }

  void expectCancelFlag() {
    receive();
    assertThat(received.readableBytes()).as("a word was sent").isGreaterThanOrEqualTo(4);
    assertThat(received.readInt()).isEqualTo(ProtocolConstants.CANCEL_FLAG);
  }

  void expectNothing() {
    receive();
    assertThat(received.readableBytes()).as("bytes that were sent").isZero();
  }

  /** The headers of all calls that were sent; whatever else was sent is dropped. */
  List<MessageHeader> takeCalls() {
    receive();
    List<MessageHeader> calls = new ArrayList<>();
    while (received.isReadable()) {
      int word = received.readInt();
      if (word != ProtocolConstants.CANCEL_FLAG) {
        ByteBuf body = received.readSlice(word);
        if (word >= MessageHeader.SIZE && body.getInt(0) == ProtocolConstants.PROGRAM) {
          calls.add(MessageHeader.read(new XdrReader(body)));
        }
      }
    }
    return calls;
  }

  private ByteBuf nextBody(String what) {
    receive();
    assertThat(received.readableBytes()).as("bytes that were sent, for " + what).isPositive();
    return received.readSlice(received.readInt());
  }

  private void receive() {
    run();
    ByteBuf written;
    while ((written = channel.readOutbound()) != null) {
      received.writeBytes(written);
      written.release();
    }
  }

  // What the daemon sends.

  /** Sends chunks in one piece, so that they are read at once. */
  void sendChunks(byte[]... contents) {
    ByteBuf all = alloc().buffer();
    for (byte[] content : contents) {
      ByteBuf chunk = Frames.chunk(alloc(), ByteBuffer.wrap(content));
      all.writeBytes(chunk);
      chunk.release();
    }
    send(all);
  }

  void sendEndOfFile() {
    send(Frames.endOfFile(alloc()));
  }

  void sendCancelChunk() {
    send(Frames.cancelChunk(alloc()));
  }

  void sendCancelFlag() {
    send(Frames.cancelFlag(alloc()));
  }

  void sendLaunchFlag() {
    send(Frames.launchFlag(alloc()));
  }

  void send(ByteBuf bytes) {
    channel.whole(() -> channel.writeInbound(bytes));
    run();
  }

  void sendWords(int... words) {
    ByteBuf bytes = alloc().buffer();
    for (int word : words) {
      bytes.writeInt(word);
    }
    send(bytes);
  }

  ByteBufAllocator alloc() {
    return allocator;
  }

  // The world around.

  /** Lets the event loop do what it has to do. */
  void run() {
    channel.runPendingTasks();
  }

  void pass(Duration time) {
    run();
    channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
    channel.runScheduledPendingTasks();
    run();
  }

  /** Whether bytes would be read if there were any. */
  boolean isReading() {
    run();
    return channel.config().isAutoRead();
  }

  void closeConnection() {
    channel.whole(
        () -> {
          ChannelFuture unused = channel.close();
        });
    run();
  }

  /** As if the peer had stopped reading, or went on. */
  void setWritable(boolean writable) {
    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, writable);
    run();
  }

  /** The next call works, so the two sides are in step. */
  void assertInStep() {
    Recorder<Void> ping = Recorder.of(guestfs.pingDaemon());
    expect(DaemonDescriptors.PING_DAEMON).reply(null);
    ping.assertComplete();
    expectNothing();
  }

  void assertPoisoned() {
    run();
    assertThat(channel.isOpen()).as("channel is open").isFalse();
    assertThat(appliance.isStopped()).as("appliance is stopped").isTrue();
    assertThat(guestfs.state()).isEqualTo(GuestfsState.CONFIG);
  }

  /** To be called at the end of every test. */
  void assertNothingLeaked() {
    run();
    channel.finishAndReleaseAll();
    received.release();
    assertThat(allocator.metric().usedHeapMemory()).as("heap buffers not released").isZero();
    assertThat(allocator.metric().usedDirectMemory()).as("direct buffers not released").isZero();
  }

  /**
   * Runs a task when the one before has ended, as every other event loop does; the embedded one
   * would run what waits in the middle of it.
   */
  static final class OrderlyChannel extends EmbeddedChannel {

    private boolean busy;

    void whole(Runnable work) {
      boolean nested = busy;
      busy = true;
      try {
        work.run();
      } finally {
        busy = nested;
      }
    }

    @Override
    public void runPendingTasks() {
      if (!busy) {
        whole(super::runPendingTasks);
      }
    }
  }

  /** A call that has come and wants an answer. */
  final class Received {

    private final CallDescriptor<?> call;
    private final MessageHeader header;
    private final @Nullable Object[] arguments;

    Received(CallDescriptor<?> call, MessageHeader header, @Nullable Object[] arguments) {
      this.call = call;
      this.header = header;
      this.arguments = arguments;
    }

    @Nullable Object argument(int position) {
      return arguments[position];
    }

    /** An argument that is names of entries of a directory. */
    @SuppressWarnings("unchecked")
    List<String> fileNames(int position) {
      List<byte[]> names = (List<byte[]>) Objects.requireNonNull(arguments[position]);
      return names.stream().map(GuestString::decode).toList();
    }

    MessageHeader header() {
      return header;
    }

    void reply(@Nullable Object result) {
      send(replyFrame(result));
    }

    ByteBuf replyFrame(@Nullable Object result) {
      return Frames.message(
          alloc(),
          header.reply(Status.OK),
          limits.messageMax(),
          out -> call.result().write(out, result));
    }

    void fail(String errnoName, String message) {
      send(
          Frames.message(
              alloc(), header.reply(Status.ERROR), new MessageError(errnoName, message)::write));
    }

    void progress(long position, long total) {
      send(
          Frames.progress(
              alloc(), new Frame.Progress(header.procedure(), header.serial(), position, total)));
    }
  }
}
