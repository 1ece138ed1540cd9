package io.guestfs;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.guestfs.protocol.frame.Frame;
import io.guestfs.protocol.frame.Frames;
import io.guestfs.protocol.frame.Limits;
import io.guestfs.protocol.frame.MessageError;
import io.guestfs.protocol.frame.MessageHeader;
import io.guestfs.protocol.frame.ProtocolConstants;
import io.guestfs.protocol.frame.Status;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Hooks;
import reactor.test.publisher.TestPublisher;

/**
 * A user and a daemon that do anything in any order. Whatever it is, every call ends once, with a
 * result or an error of this library, and no buffer is left.
 *
 * <p>An input is a byte that chooses the limits, and then steps: one byte says what is done, those
 * behind it how. The test runs over the inputs in the test resources; {@code JAZZER_FUZZ=1} looks
 * for new ones.
 */
class ConnectionFuzzTests {

  private static final Limits WIDE = new Limits(ProtocolConstants.MESSAGE_MAX + 8, 16_384, 3);
  private static final int CALLS_MAX = 50;
  private static final Duration LONGER_THAN_ANYTHING = Duration.ofMinutes(10);

  @FuzzTest
  void everyCallEndsOnce(byte[] input) {
    // What a source says after it was cancelled has nowhere to go.
    Hooks.onErrorDropped(error -> assertThat(error).isInstanceOf(IOException.class));
    try {
      if (input.length > 0) {
        new Session(ByteBuffer.wrap(input)).play();
      }
    } finally {
      Hooks.resetOnErrorDropped();
    }
  }

  /** One handle, from its first call to its end. */
  private static final class Session {

    private final ByteBuffer script;
    private final ScriptedDaemon daemon;
    private final Guestfs g;
    private final List<Recorder<?>> calls = new ArrayList<>();
    private final List<Recorder<?>> cancelled = new ArrayList<>();
    private final List<TestPublisher<ByteBuffer>> sources = new ArrayList<>();
    private final Deque<MessageHeader> unanswered = new ArrayDeque<>();

    Session(ByteBuffer script) {
      this.script = script;
      Limits limits = (script.get() & 1) == 0 ? Limits.BASE : WIDE;
      daemon = new ScriptedDaemon(ScriptedDaemon.TIMEOUTS, limits);
      g = daemon.guestfs;
    }

    void play() {
      while (script.hasRemaining() && daemon.channel.isOpen()) {
        step(next());
        daemon.run();
        unanswered.addAll(daemon.takeCalls());
      }
      daemon.appliance.die();
      daemon.pass(LONGER_THAN_ANYTHING);
      for (Recorder<?> call : calls) {
        // What has come already is there for whoever asks.
        call.request(Long.MAX_VALUE);
        daemon.run();
        assertEnded(call);
      }
      assertThat(g.state()).isEqualTo(GuestfsState.CONFIG);
      daemon.assertNothingLeaked();
    }

    private void assertEnded(Recorder<?> call) {
      if (call.error() != null) {
        assertThat(call.error()).isInstanceOfAny(GuestfsException.class, IOException.class);
      } else if (!cancelled.contains(call)) {
        call.assertComplete();
      }
    }

    private int next() {
      return script.hasRemaining() ? script.get() & 0xFF : 0;
    }

    private void step(int what) {
      switch (what % 20) {
        case 0 -> call(g.touch("/a"), Long.MAX_VALUE);
        case 1 -> call(g.exists("/a"), Long.MAX_VALUE);
        case 2 -> call(g.vgs(), next());
        case 3 -> call(g.download("/a"), next());
        case 4 -> upload();
        case 5 -> cancel();
        case 6 -> any(calls).ifPresent(call -> call.request(1 + next()));
        case 7 -> any(sources).ifPresent(source -> source.next(ByteBuffer.allocate(next() * 64)));
        case 8 -> any(sources).ifPresent(TestPublisher::complete);
        case 9 -> any(sources).ifPresent(source -> source.error(new IOException("source")));
        case 10 -> reply(Status.OK);
        case 11 -> reply(Status.ERROR);
        case 12 -> daemon.send(Frames.chunk(daemon.alloc(), ByteBuffer.allocate(1 + next())));
        case 13 -> daemon.sendEndOfFile();
        case 14 -> daemon.sendCancelChunk();
        case 15 -> daemon.sendCancelFlag();
        case 16 -> progress();
        case 17 -> daemon.pass(Duration.ofSeconds(next()));
        case 18 -> daemon.setWritable(next() % 2 == 0);
        default -> anyBytes();
      }
    }

    private void call(Publisher<?> call, long demand) {
      if (calls.size() < CALLS_MAX) {
        calls.add(Recorder.of(call, demand == 0 ? 1 : demand));
      }
    }

    private void upload() {
      if (calls.size() < CALLS_MAX) {
        // A source may go on for a while after it was cancelled, and may ignore demand.
        TestPublisher<ByteBuffer> source =
            TestPublisher.createNoncompliant(
                TestPublisher.Violation.REQUEST_OVERFLOW,
                TestPublisher.Violation.CLEANUP_ON_TERMINATE);
        sources.add(source);
        call(g.upload(source, "/a"), Long.MAX_VALUE);
      }
    }

    private void cancel() {
      any(calls)
          .ifPresent(
              call -> {
                cancelled.add(call);
                call.cancel();
              });
    }

    private <T> Optional<T> any(List<T> list) {
      int choice = next();
      return list.isEmpty() ? Optional.empty() : Optional.of(list.get(choice % list.size()));
    }

    /** As the daemon would, with a body that fits none, some or all of the calls. */
    private void reply(Status status) {
      MessageHeader call = unanswered.poll();
      if (call == null) {
        return;
      }
      int words = next() % 3;
      daemon.send(
          Frames.message(
              daemon.alloc(),
              call.reply(status),
              out -> {
                if (status == Status.ERROR) {
                  new MessageError("EIO", "told to fail").write(out);
                }
                for (int i = 0; i < (status == Status.ERROR ? 0 : words); i++) {
                  out.writeInt(i);
                }
              }));
    }

    private void progress() {
      MessageHeader call = unanswered.peek();
      if (call != null) {
        Frame.Progress frame =
            new Frame.Progress(call.procedure(), call.serial(), next() - 5, next() - 5);
        daemon.send(Frames.progress(daemon.alloc(), frame));
      }
    }

    private void anyBytes() {
      int length = Math.min(next(), script.remaining());
      ByteBuf bytes = daemon.alloc().buffer();
      for (int i = 0; i < length; i++) {
        bytes.writeByte(script.get());
      }
      if (bytes.isReadable()) {
        daemon.send(bytes);
      } else {
        bytes.release();
        daemon.closeConnection();
      }
    }
  }
}
