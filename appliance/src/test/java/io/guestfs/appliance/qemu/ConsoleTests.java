package io.guestfs.appliance.qemu;

import static io.guestfs.appliance.qemu.SocketPair.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.test.StepVerifier;
import reactor.test.subscriber.TestSubscriber;

@Timeout(60)
class ConsoleTests {

  @TempDir Path directory;
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final Console console = new Console(heard::add);
  private SocketPair pair;

  @BeforeEach
  void connect() throws IOException {
    pair = new SocketPair(directory, console::read);
  }

  @AfterEach
  void disconnect() throws IOException {
    pair.close();
  }

  /** Looked at once all has come: how long that may take is not what these tests are about. */
  private List<String> finalTail() {
    return await(console.lines().ignoreElements().then(console.finalTail()));
  }

  @Test
  void splitsLines() throws IOException {
    pair.say("one\r\ntw");
    pair.say("o\n\nthree");
    pair.hangUp();
    assertThat(finalTail()).containsExactly("one", "two", "", "three");
    assertThat(heard).containsExactly("one", "two", "", "three");
  }

  @Test
  void subscribersGetTheTailAndThenWhatComes() throws IOException {
    pair.say("before\n");
    await(console.lines().next());
    StepVerifier.create(console.lines())
        .expectNext("before")
        .then(() -> saying("after\n"))
        .expectNext("after")
        .then(this::hangUp)
        .expectComplete()
        .verify(SocketPair.PATIENCE);
    StepVerifier.create(console.lines())
        .expectNext("before", "after")
        .expectComplete()
        .verify(SocketPair.PATIENCE);
  }

  @Test
  void keepsTheLastLinesOnly() throws IOException {
    for (int i = 0; i < Console.TAIL_LINES + 50; i++) {
      pair.say(i + "\n");
    }
    pair.hangUp();
    assertThat(finalTail())
        .hasSize(Console.TAIL_LINES)
        .startsWith("50")
        .endsWith(String.valueOf(Console.TAIL_LINES + 49));
  }

  @Test
  void cutsLinesThatAreTooLong() throws IOException {
    pair.say("x".repeat(Console.MAX_LINE_BYTES + 1) + "\n");
    pair.hangUp();
    assertThat(finalTail()).containsExactly("x".repeat(Console.MAX_LINE_BYTES), "x");
  }

  @Test
  void survivesBytesThatAreNoText() throws IOException {
    pair.say(new byte[] {(byte) 0xff, (byte) 0xc0, 0, '\n'});
    pair.hangUp();
    assertThat(finalTail()).hasSize(1);
  }

  @Test
  void slowSubscriberStallsNobody() throws IOException {
    int lines = 5 * Console.TAIL_LINES;
    TestSubscriber<String> slow = TestSubscriber.builder().initialRequest(1).build();
    console.lines().subscribe(slow);
    for (int i = 1; i <= lines; i++) {
      pair.say(i + "\n");
    }
    pair.hangUp();
    assertThat(finalTail()).endsWith("" + lines);
    assertThat(heard).hasSize(lines);

    slow.request(Long.MAX_VALUE);
    slow.block(SocketPair.PATIENCE);
    assertThat(slow.getReceivedOnNext())
        .startsWith("1")
        .endsWith("" + lines)
        .hasSizeLessThan(2 * Console.TAIL_LINES);
  }

  @Test
  void consoleThatNeverConnectedHasNoLastWordsToWaitFor() {
    assertThat(await(new Console(line -> {}).finalTail())).isEmpty();
  }

  private void saying(String text) {
    try {
      pair.say(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void hangUp() {
    try {
      pair.hangUp();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
