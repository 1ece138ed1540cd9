package io.guestfs;

import io.guestfs.calls.wire.DaemonDescriptors;
import io.guestfs.protocol.frame.Frames;
import io.guestfs.protocol.frame.MessageHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/**
 * A round trip through a handle, and one over a bare socket to the same daemon: what lies between
 * them is what actor, stubs and the way between two threads cost.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class ActorBenchmark {

  private static final int AT_ONCE = 256;

  private final ByteBuffer request = request();
  private final ByteBuffer reply = ByteBuffer.allocateDirect(4 + MessageHeader.SIZE);
  private final AnsweringDaemon daemon = new AnsweringDaemon();
  private final SocketChannel socket = daemon.connect();
  private final Guestfs g =
      Objects.requireNonNull(Guestfs.builder().launcher(daemon).launch().block());

  /** Closes both. */
  @TearDown(Level.Trial)
  public void disconnect() throws IOException {
    g.close().block();
    socket.close();
    daemon.close();
  }

  /** Blocking channel, one thread. */
  @Benchmark
  public int bareSocket() throws IOException {
    ByteBuffer bytes = request.duplicate();
    while (bytes.hasRemaining()) {
      socket.write(bytes);
    }
    AnsweringDaemon.readFully(socket, reply.clear());
    return reply.getInt();
  }

  /** One call after another, from a thread that waits for each. */
  @Benchmark
  public void call() {
    g.pingDaemon().block();
  }

  /** One call after another, each made where the one before ended: on the event loop. */
  @Benchmark
  @OperationsPerInvocation(AT_ONCE)
  public void callsInARow() {
    Publisher<Void> call = g.pingDaemon();
    Flux.range(0, AT_ONCE).concatMap(i -> call).blockLast();
  }

  /** Many calls at once, which the daemon gets a window of at a time. */
  @Benchmark
  @OperationsPerInvocation(AT_ONCE)
  public void callsAtOnce() {
    Publisher<Void> call = g.pingDaemon();
    Flux.range(0, AT_ONCE).flatMap(i -> call, AT_ONCE).blockLast();
  }

  private static ByteBuffer request() {
    ByteBuf frame =
        Frames.message(
            UnpooledByteBufAllocator.DEFAULT,
            MessageHeader.call(DaemonDescriptors.PING_DAEMON.procedure(), 1, 0));
    return frame.nioBuffer();
  }
}
