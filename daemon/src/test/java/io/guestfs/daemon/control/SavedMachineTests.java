package io.guestfs.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.linux.UnixSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is said before a machine is woken. */
@Timeout(60)
class SavedMachineTests {

  private static final String WAKE = "wake 12 34 abcd some-id 0";

  private final List<Fd> ends = UnixSocket.pair("control");
  private final ControlPort daemon = new ControlPort(ends.get(0));
  private final ControlPort library = new ControlPort(ends.get(1));
  private final List<String> done = new ArrayList<>();

  @AfterEach
  void close() {
    ends.forEach(Fd::close);
  }

  @Test
  void canBeWokenWithoutBeingWarm() {
    library.say(WAKE);
    assertThat(sleep("")).isEqualTo(WAKE);
    assertThat(library.hear()).isEqualTo("ready");
    assertThat(done).containsExactly("forgot");
  }

  @Test
  void warmsUpWhenItIsToldToAndIsWokenAfterwards() {
    library.say("warm");
    assertThat(sleep(WAKE)).isEqualTo(WAKE);
    assertThat(library.hear()).isEqualTo("warm");
    assertThat(done).containsExactly("forgot", "heard ready", "warmed up", "forgot");
  }

  /** Hears at most one line from the daemon, and says one, while it warms up. */
  private String sleep(String next) {
    return SavedMachine.sleep(
        daemon,
        () -> done.add("forgot"),
        () -> {
          done.add("heard " + library.hear());
          done.add("warmed up");
          library.say(next);
        });
  }
}
