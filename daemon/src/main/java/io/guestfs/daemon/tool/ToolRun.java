package io.guestfs.daemon.tool;

import io.guestfs.calls.wire.IncomingFile;
import io.guestfs.calls.wire.OutgoingFile;
import io.guestfs.calls.wire.Progress;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.ChildProcess;
import io.guestfs.daemon.linux.ExitStatus;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.linux.Pipe;
import io.guestfs.daemon.linux.Poll;
import io.guestfs.protocol.xdr.GuestString;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A running program and its three pipes, served by one thread: whichever pipe is ready is moved on,
 * so that none can fill up while another is waited for.
 */
final class ToolRun implements AutoCloseable {
  /** Most standard output that is collected, which is more than fits into a reply. */
  static final int OUTPUT_MAX = 4 * 1024 * 1024;

  /** Most of standard error that becomes the text of an error. */
  static final int ERRORS_MAX = 16 * 1024;

  /** How often, at least, something is done for those who wait for the program. */
  static final int TICK_MILLIS = 300;

  /** As much as a pipe holds. */
  private static final int PIPE_SIZE = 64 * 1024;

  /**
   * As much as a pipe holds through which content streams: more than one chunk, so that program and
   * daemon take turns rarely.
   */
  private static final int STREAM_SIZE = 512 * 1024;

  private static final int SIGPIPE = 13;
  private static final byte[] NOTHING = {};

  private static final int INPUT = 0;
  private static final int OUTPUT = 1;
  private static final int ERRORS = 2;
  private static final int END = 3;

  private final String program;
  private final @Nullable IncomingFile source;
  private final @Nullable OutgoingFile sink;
  private final @Nullable Progress progress;

  private final Pipe input;
  private final Pipe output;
  private final Pipe errors;
  private final Poll poll = new Poll(4);
  private final ByteBuffer fromTool;
  private @Nullable ByteBuffer toTool;
  private final BoundedOutput collected = new BoundedOutput(OUTPUT_MAX);
  private final BoundedOutput collectedErrors = new BoundedOutput(ERRORS_MAX);

  ToolRun(
      String program,
      @Nullable IncomingFile source,
      @Nullable OutgoingFile sink,
      @Nullable Progress progress) {
    this.program = program;
    this.source = source;
    this.sink = sink;
    this.progress = progress;
    input = Pipe.open(program);
    output = Pipe.open(program);
    errors = Pipe.open(program);
    if (source != null) {
      input.resize(STREAM_SIZE);
    }
    if (sink != null) {
      output.resize(STREAM_SIZE);
    }
    fromTool = ByteBuffer.allocateDirect(sink == null ? PIPE_SIZE : STREAM_SIZE);
  }

  /** Runs a program, behind another whose output it reads if there is one. */
  ToolResult run(Tool tool, @Nullable Tool producer) {
    input.setWriterNonBlocking();
    return producer == null ? run(tool, input.reader()) : runBehind(producer, tool);
  }

  private ToolResult runBehind(Tool producer, Tool tool) {
    try (Pipe between = Pipe.open(program);
        ChildProcess first = producer.start(input.reader(), between.writer(), errors.writer())) {
      between.writer().close();
      ToolResult result = run(tool, between.reader());
      between.reader().close();
      ExitStatus status = first.await();
      if (!status.isSuccess() && status.signal() != SIGPIPE) {
        throw new ToolResult(producer.program(), status, NOTHING, result.errors()).failure();
      }
      return result;
    }
  }

  private ToolResult run(Tool tool, Fd standardInput) {
    try (ChildProcess child = tool.start(standardInput, output.writer(), errors.writer())) {
      input.reader().close();
      output.writer().close();
      errors.writer().close();
      serve(child);
      return new ToolResult(
          program,
          child.await(),
          collected.toByteArray(),
          GuestString.decode(collectedErrors.toByteArrayWithoutLineBreaks()));
    }
  }

  @Override
  public void close() {
    input.close();
    output.close();
    errors.close();
  }

  private void serve(ChildProcess child) {
    watchPipes(child);
    while (true) {
      if (!poll.await(TICK_MILLIS)) {
        tick();
      } else if (poll.isReady(END)) {
        drain();
        return;
      } else {
        moveOutputs();
        if (poll.isReady(INPUT)) {
          moveInput();
        }
      }
    }
  }

  /**
   * Takes what the program had written when it ended. A pipe holds no more than one read takes, and
   * waiting for its end would be wrong: a process that the program left behind may keep it open.
   */
  private void drain() {
    closeInput();
    if (poll.await(0)) {
      moveOutputs();
    }
  }

  private void watchPipes(ChildProcess child) {
    poll.awaitReadable(OUTPUT, output.reader());
    poll.awaitReadable(ERRORS, errors.reader());
    poll.awaitReadable(END, child.endOfProcess());
    if (source == null) {
      input.writer().close();
    } else {
      poll.awaitWritable(INPUT, input.writer());
    }
  }

  private void tick() {
    if (sink != null) {
      sink.flush();
    }
    if (progress != null) {
      progress.report(0, 1);
    }
  }

  private void moveOutputs() {
    if (poll.isReady(OUTPUT) && fill(OUTPUT, output.reader())) {
      takeOutput();
    }
    if (poll.isReady(ERRORS) && fill(ERRORS, errors.reader())) {
      collectedErrors.add(fromTool);
    }
  }

  private void takeOutput() {
    if (sink != null) {
      sink.write(fromTool);
      return;
    }
    collected.add(fromTool);
    if (collected.isOverflown()) {
      throw new CallException(
          Errno.E2BIG,
          program + ": its output is longer than the limit of " + OUTPUT_MAX + " bytes");
    }
  }

  /** Reads a pipe once; false when it has ended. */
  private boolean fill(int place, Fd pipe) {
    fromTool.clear();
    boolean more = pipe.read(fromTool) > 0;
    fromTool.flip();
    if (!more) {
      poll.ignore(place);
    }
    return more;
  }

  private void moveInput() {
    if (toTool == null || !toTool.hasRemaining()) {
      toTool = source == null ? null : source.next();
    }
    // A program that no longer reads may still be right: its exit status tells.
    if (toTool == null || input.writer().writeIfPossible(toTool) < 0) {
      closeInput();
    }
  }

  private void closeInput() {
    poll.ignore(INPUT);
    input.writer().close();
  }
}
