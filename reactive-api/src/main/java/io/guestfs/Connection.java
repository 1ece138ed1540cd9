package io.guestfs;

import io.guestfs.appliance.Appliance;
import io.guestfs.appliance.ApplianceExit;
import io.guestfs.protocol.frame.Frame;
import io.guestfs.protocol.frame.Limits;
import io.guestfs.protocol.xdr.XdrException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/**
 * The conversation with one daemon: the actor that a handle is.
 *
 * <p>Calls wait in the order in which they came and are answered in that order. Usually one is on
 * the wire at a time; of plain calls there may be as many as the window says, so that the daemon
 * need not wait for the next. A transfer is always alone. The place of a call is free for another
 * when the daemon has nothing more to say about it, whatever became of its subscriber.
 *
 * <p>Whatever the daemon says out of turn <em>poisons</em> the connection: everything that waits or
 * runs fails, and the appliance is stopped.
 *
 * <p>All state is confined to the event loop of the channel, {@link Admission} excepted. Other
 * threads use {@link #submit}, {@link #submitLast}, {@link #shutDown} and {@link #execute}; each
 * becomes a task of the event loop, also when it is called there, so that nothing is ever entered
 * twice.
 */
final class Connection {

  /** How long the exit status may take once the connection has broken; calls fail in a second. */
  static final Duration EXIT_GRACE = Duration.ofMillis(900);

  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  private final Appliance appliance;
  private final Channel channel;
  private final Timeouts timeouts;
  private final Admission admission;
  private final EventHub events;
  private final CallTracer trace;
  private final GuestfsInstrumentation instrumentation;
  private final Limits limits;
  private final Deque<Exchange> waiting = new ArrayDeque<>();
  private final Deque<Exchange> running = new ArrayDeque<>();
  private final Deadline exitGrace;
  private int lastSerial;
  private volatile GuestfsState state = GuestfsState.READY;

  /** Why no call is taken in any more, by the name of the call; null while calls are. */
  private @Nullable Function<String, GuestfsException> refusal;

  private boolean disconnected;
  private Disposable opened = Disposables.disposed();

  Connection(
      Appliance appliance,
      Timeouts timeouts,
      Admission admission,
      Limits limits,
      EventHub events,
      CallTracer trace,
      GuestfsInstrumentation instrumentation) {
    this.appliance = appliance;
    this.channel = appliance.channel();
    this.timeouts = timeouts;
    this.admission = admission;
    this.limits = limits;
    this.events = events;
    this.trace = trace;
    this.instrumentation = instrumentation;
    this.exitGrace = new Deadline(loop(), () -> died(null));
  }

  /** Takes the channel over; on the event loop. */
  void open() {
    opened = instrumentation.handleOpened();
    channel.pipeline().addLast(new ConnectionHandler(this));
    appliance.exit().subscribe(exit -> execute(() -> died(exit)));
  }

  // From any thread.

  /** Takes a call in. It is sent when those before it are through. */
  void submit(Exchange exchange) {
    if (admission.enter()) {
      executeFor(exchange, () -> admit(exchange, timeouts.call()));
    } else {
      exchange.fail(
          new CallRejectedException(
              exchange.name(), admission.limit() + " calls are pending already", null));
    }
  }

  /** Takes a last call in, and refuses all that come later. */
  void submitLast(Exchange exchange) {
    admission.enterAlways();
    executeFor(
        exchange,
        () -> {
          admit(exchange, timeouts.close());
          refuse(call -> new CallRejectedException(call, "the handle is closed", null));
        });
  }

  /** Breaks off the transfer that runs, if one does, and tells its subscriber. */
  void cancelTransfer() {
    execute(
        () -> {
          Exchange head = running.peek();
          if (head instanceof UploadExchange || head instanceof DownloadExchange) {
            head.failAndAbandon(
                new CallFailedException(head.name(), "EINTR", "it was broken off by user_cancel"));
          }
        });
  }

  /** Stops the appliance, whatever runs. Completes as {@link Appliance#stop} does. */
  Mono<Void> shutDown() {
    execute(
        () ->
            disconnect(
                call ->
                    new ApplianceDiedException(
                        call, "it was stopped by close()", null, consoleTail())));
    return appliance.stop();
  }

  /** Runs a task on the event loop; without effect once its thread has ended. */
  void execute(Runnable task) {
    try {
      loop().execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("The event loop has ended, and a signal was dropped", e);
    }
  }

  private void executeFor(Exchange exchange, Runnable task) {
    try {
      loop().execute(task);
    } catch (RejectedExecutionException e) {
      admission.leave();
      exchange.fail(
          new CallRejectedException(exchange.name(), "the event loops were disposed of", e));
    }
  }

  GuestfsState state() {
    return state;
  }

  EventLoop loop() {
    return channel.eventLoop();
  }

  // The mailbox.

  private void admit(Exchange exchange, @Nullable Duration timeout) {
    if (refusal == null) {
      waiting.add(exchange);
      exchange.admitted(timeout);
      dispatch();
    } else {
      admission.leave();
      exchange.fail(refusal.apply(exchange.name()));
    }
  }

  private void dispatch() {
    Exchange next;
    while (!disconnected && (next = waiting.peek()) != null && mayStart(next)) {
      waiting.remove();
      send(next);
    }
    channel.flush();
    updateState();
  }

  private boolean mayStart(Exchange next) {
    if (running.isEmpty()) {
      return true;
    }
    return running.size() < limits.window()
        && next.mayShareTheWire()
        && running.element().mayShareTheWire();
  }

  private void send(Exchange exchange) {
    ByteBuf message;
    try {
      message = exchange.encode(++lastSerial);
    } catch (IllegalArgumentException | XdrException e) {
      admission.leave();
      exchange.reject(e);
      return;
    }
    running.add(exchange);
    trace.called(exchange);
    trace.sent(exchange, lastSerial, message);
    write(message);
    exchange.start();
  }

  private void updateState() {
    if (disconnected) {
      state = GuestfsState.CONFIG;
    } else {
      state = running.isEmpty() ? GuestfsState.READY : GuestfsState.BUSY;
    }
  }

  // What exchanges may do.

  ByteBufAllocator allocator() {
    return channel.alloc();
  }

  /** Writes a frame. What cannot be written ends the connection, by way of the pipeline. */
  void write(ByteBuf frame) {
    ChannelFuture unused = channel.write(frame, channel.voidPromise());
  }

  void flush() {
    channel.flush();
  }

  boolean isWritable() {
    return channel.isWritable();
  }

  void setReading(boolean reading) {
    channel.config().setAutoRead(reading);
  }

  /** Takes back a call that was not sent. */
  void withdraw(Exchange exchange) {
    waiting.remove(exchange);
    admission.leave();
    dispatch();
  }

  /** The daemon has nothing more to say about a call. */
  void release(Exchange exchange) {
    running.remove(exchange);
    admission.leave();
    setReading(true);
    dispatch();
  }

  /** What a call waits for, for the message that it waited too long. */
  String occupant() {
    Exchange head = running.peek();
    if (head == null) {
      return "nothing";
    }
    boolean stalled = head instanceof DownloadExchange download && download.isStalled();
    return head.name() + (stalled ? ", whose content nobody asks for" : "");
  }

  /** Tells those who wait behind a transfer that nobody asks for its content; false if none do. */
  boolean reportStall(Exchange exchange) {
    if (!waiting.isEmpty()) {
      events.emit(new GuestfsEvent.TransferStalled(exchange.name(), waiting.size()));
    }
    return !waiting.isEmpty();
  }

  Limits limits() {
    return limits;
  }

  Timeouts timeouts() {
    return timeouts;
  }

  EventHub events() {
    return events;
  }

  CallTracer trace() {
    return trace;
  }

  GuestfsInstrumentation instrumentation() {
    return instrumentation;
  }

  List<String> consoleTail() {
    return appliance.consoleTail();
  }

  // What the channel says.

  /**
   * Hands a frame to the call that it is for: the oldest on the wire.
   *
   * @throws ProtocolViolationException when it is for none, or not what that call expects
   * @throws XdrException when it cannot be read
   */
  void receive(Frame frame) {
    Exchange head = running.peek();
    if (disconnected) {
      return;
    }
    if (frame instanceof Frame.Cancel) {
      // It may have crossed with the end of what it was to stop.
      if (head != null) {
        head.receiveCancel();
      }
    } else if (head == null || frame instanceof Frame.Launch) {
      throw new ProtocolViolationException("nothing was asked for, but there came " + frame, null);
    } else if (frame instanceof Frame.Progress progress) {
      head.receiveProgress(progress);
    } else if (frame instanceof Frame.Body body) {
      head.receive(body.content());
    }
  }

  void readComplete() {
    Exchange head = running.peek();
    if (head != null) {
      head.readComplete();
    }
  }

  void writabilityChanged() {
    Exchange head = running.peek();
    if (head != null && channel.isWritable()) {
      head.writable();
    }
  }

  // The end.

  /** Nobody can tell any more what the daemon's bytes mean. */
  void poison(String seen) {
    if (!disconnected) {
      LOG.warn("The daemon broke the protocol, its appliance is stopped: {}", seen);
    }
    disconnect(
        call ->
            new ProtocolViolationException(
                call + ": the daemon broke the protocol: " + seen, null));
  }

  /** The channel is closed. qemu is about to end, and how it ends is worth waiting for. */
  void broken() {
    if (loop().isShuttingDown()) {
      died(null);
    } else if (!disconnected) {
      exitGrace.set(EXIT_GRACE);
    }
  }

  private void died(@Nullable ApplianceExit exit) {
    if (exit != null && !disconnected) {
      events.emit(new GuestfsEvent.ApplianceExited(exit));
    }
    String how = exit == null ? "it closed the connection" : "qemu " + exit.describe();
    List<String> console = consoleTail();
    disconnect(call -> new ApplianceDiedException(call, how, exit, console));
  }

  /** Fails what waits and runs, and stops the appliance. The first reason counts. */
  private void disconnect(Function<String, GuestfsException> cause) {
    if (disconnected) {
      return;
    }
    disconnected = true;
    exitGrace.clear();
    refuse(call -> new CallRejectedException(call, "the appliance is gone", cause.apply(call)));
    List<Exchange> pending = new ArrayList<>(running);
    pending.addAll(waiting);
    running.clear();
    waiting.clear();
    updateState();
    ChannelFuture unused = channel.close();
    appliance.stop().subscribe(null, e -> LOG.warn("An appliance did not stop cleanly", e));
    events.emit(new GuestfsEvent.Closed());
    opened.dispose();
    for (Exchange exchange : pending) {
      admission.leave();
      exchange.disconnect(cause.apply(exchange.name()));
    }
  }

  private void refuse(Function<String, GuestfsException> reason) {
    if (refusal == null) {
      refusal = reason;
    }
  }
}
