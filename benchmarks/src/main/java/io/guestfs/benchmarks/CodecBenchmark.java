package io.guestfs.benchmarks;

import io.guestfs.calls.MkfsOptions;
import io.guestfs.calls.StatNS;
import io.guestfs.calls.wire.AttributeDescriptors;
import io.guestfs.calls.wire.FilesystemDescriptors;
import io.guestfs.protocol.frame.Frames;
import io.guestfs.protocol.frame.MessageHeader;
import io.guestfs.protocol.xdr.XdrReader;
import io.guestfs.protocol.xdr.XdrWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Encoding a call and decoding its reply by the tables; no wire, no daemon. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Thread)
public class CodecBenchmark {

  private static final PooledByteBufAllocator ALLOCATOR = PooledByteBufAllocator.DEFAULT;

  private final @Nullable Object[] path = {"/usr/share/doc/base-files/README"};
  private final @Nullable Object[] mkfs = {"ext4", "/dev/sda1"};
  private final MkfsOptions options = MkfsOptions.defaults().blocksize(4096).label("boot");
  private final ByteBuf statReply = Unpooled.directBuffer();

  /** Encodes one reply that is decoded again and again. */
  public CodecBenchmark() {
    StatNS stat =
        new StatNS(
            2049, 131, 0100644, 1, 0, 0, 0, 4321, 4096, 16, 1, 2, 3, 4, 5, 6, 0, 0, 0, 0, 0, 0);
    AttributeDescriptors.LSTATNS.result().write(new XdrWriter(statReply), stat);
  }

  /** The message of a call with a path. */
  @Benchmark
  public int encodeLstatns() {
    ByteBuf message =
        Frames.message(
            ALLOCATOR,
            MessageHeader.call(AttributeDescriptors.LSTATNS.procedure(), 7, 0),
            out -> AttributeDescriptors.LSTATNS.writeArguments(out, path, null));
    int size = message.readableBytes();
    message.release();
    return size;
  }

  /** The message of a call with options. */
  @Benchmark
  public int encodeMkfs() {
    ByteBuf message =
        Frames.message(
            ALLOCATOR,
            MessageHeader.call(FilesystemDescriptors.MKFS.procedure(), 7, options.mask()),
            out -> FilesystemDescriptors.MKFS.writeArguments(out, mkfs, options));
    int size = message.readableBytes();
    message.release();
    return size;
  }

  /** A reply with a structure of 22 fields. */
  @Benchmark
  public @Nullable StatNS decodeStatns() {
    return AttributeDescriptors.LSTATNS.result().read(new XdrReader(statReply.duplicate()));
  }
}
