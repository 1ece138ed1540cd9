package io.guestfs;

import io.guestfs.appliance.Appliance;
import io.guestfs.appliance.ApplianceExit;
import io.guestfs.appliance.ApplianceLaunchException;
import io.guestfs.protocol.frame.Direction;
import io.guestfs.protocol.frame.Frame;
import io.guestfs.protocol.frame.FrameDecoder;
import io.guestfs.protocol.frame.Frames;
import io.guestfs.protocol.frame.Limits;
import io.guestfs.protocol.frame.MessageError;
import io.guestfs.protocol.frame.MessageHeader;
import io.guestfs.protocol.frame.Status;
import io.guestfs.protocol.xdr.XdrException;
import io.guestfs.protocol.xdr.XdrReader;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.MonoSink;

/**
 * Waits for the launch flag, the first word of a daemon, agrees with it on limits, and takes itself
 * out of the pipeline then. A daemon that refuses to talk about limits is one of libguestfs, and
 * those of the base protocol hold. When anything else comes, or nothing, the appliance is stopped
 * before the error is signalled.
 */
final class Handshake extends ChannelInboundHandlerAdapter {

  /** Calls count their serials from 1. */
  private static final int SERIAL = 0;

  private enum Phase {
    /** Nothing has come. */
    LAUNCH_FLAG,
    /** The offer was sent. */
    LIMITS,
    /** The outcome was signalled. */
    DONE
  }

  private final Appliance appliance;
  private final FrameDecoder decoder;
  private final Limits offer;
  private final Duration timeout;
  private final MonoSink<Limits> sink;
  private final Deadline deadline;
  private final Deadline exitGrace;
  private Phase phase = Phase.LAUNCH_FLAG;

  Handshake(
      Appliance appliance,
      FrameDecoder decoder,
      Limits offer,
      Duration timeout,
      MonoSink<Limits> sink) {
    this.appliance = appliance;
    this.decoder = decoder;
    this.offer = offer;
    this.timeout = timeout;
    this.sink = sink;
    this.deadline = new Deadline(appliance.channel().eventLoop(), this::expired);
    this.exitGrace = new Deadline(appliance.channel().eventLoop(), this::closed);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    deadline.set(timeout);
    appliance.exit().subscribe(exit -> context.executor().execute(() -> died(exit)));
    context.channel().config().setAutoRead(true);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      if (phase == Phase.LAUNCH_FLAG && message instanceof Frame.Launch) {
        launched(context);
      } else if (phase == Phase.LAUNCH_FLAG) {
        fail("its first word was not the launch flag but " + message, null);
      } else if (phase == Phase.LIMITS && message instanceof Frame.Body body) {
        answered(context, body.content());
      } else if (phase == Phase.LIMITS) {
        fail("it was offered limits and said " + message, null);
      }
    } catch (XdrException e) {
      fail("it was offered limits, and its answer is none: " + e.getMessage(), e);
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void launched(ChannelHandlerContext context) {
    if (offer.equals(Limits.BASE)) {
      succeed(context, Limits.BASE);
      return;
    }
    phase = Phase.LIMITS;
    ByteBuf call =
        Frames.message(
            context.alloc(), MessageHeader.call(Limits.PROCEDURE, SERIAL, 0), offer::write);
    ChannelFuture unused = context.writeAndFlush(call, context.voidPromise());
  }

  private void answered(ChannelHandlerContext context, ByteBuf body) {
    XdrReader in = new XdrReader(body);
    MessageHeader header = MessageHeader.read(in);
    if (header.direction() != Direction.REPLY
        || header.procedure() != Limits.PROCEDURE
        || header.serial() != SERIAL) {
      fail("it was offered limits and answered something else: " + header, null);
    } else if (header.status() == Status.ERROR) {
      MessageError.read(in);
      succeed(context, Limits.BASE);
    } else {
      agreed(context, Limits.read(in));
    }
  }

  private void agreed(ChannelHandlerContext context, Limits limits) {
    if (limits.equals(limits.least(offer))) {
      decoder.setBodyMax(limits.messageMax());
      succeed(context, limits);
    } else {
      fail("it was offered %s and wants %s".formatted(offer, limits), null);
    }
  }

  private void succeed(ChannelHandlerContext context, Limits limits) {
    phase = Phase.DONE;
    clearDeadlines();
    context.pipeline().remove(this);
    sink.success(limits);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    broken(context);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof IOException) {
      broken(context);
    } else {
      fail(String.valueOf(cause.getMessage()), cause);
    }
  }

  /** The channel is closed. qemu is about to end, and how it ends is worth waiting for. */
  private void broken(ChannelHandlerContext context) {
    if (context.channel().eventLoop().isShuttingDown()) {
      closed();
    } else if (phase != Phase.DONE) {
      exitGrace.set(Connection.EXIT_GRACE);
    }
  }

  private void died(ApplianceExit exit) {
    String how = "qemu " + exit.describe();
    fail(how, new ApplianceLaunchException(how, exit, appliance.consoleTail(), null));
  }

  private void closed() {
    fail("it closed the connection", null);
  }

  private void expired() {
    fail("it said nothing within " + timeout.toMillis() + " ms", null);
  }

  private void fail(String how, @Nullable Throwable cause) {
    if (phase == Phase.DONE) {
      return;
    }
    phase = Phase.DONE;
    clearDeadlines();
    List<String> console = appliance.consoleTail();
    LaunchException error =
        new LaunchException(
            "the daemon did not come up: " + how + ApplianceDiedException.tail(console),
            console,
            cause);
    appliance.stop().subscribe(null, stopFailure -> sink.error(error), () -> sink.error(error));
  }

  private void clearDeadlines() {
    deadline.clear();
    exitGrace.clear();
  }
}
