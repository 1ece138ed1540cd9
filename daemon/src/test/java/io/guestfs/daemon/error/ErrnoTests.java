package io.guestfs.daemon.error;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.protocol.frame.ErrorNumbers;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ErrnoTests {
  /** The names that libguestfs lets cross the wire. */
  private static List<String> wireNames() throws IOException {
    try (InputStream in = ErrnoTests.class.getResourceAsStream("wire-errnos.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), US_ASCII).lines().toList();
    }
  }

  /** The library has the numbers in another module. */
  @Test
  void theLibraryFindsTheNumberOfEveryNameThatTravels() throws IOException {
    for (Errno errno : Errno.values()) {
      int expected = errno == Errno.EHWPOISON ? Errno.EINVAL.number() : errno.number();
      assertThat(ErrorNumbers.of(errno.wireName())).isEqualTo(expected);
    }
    for (String name : wireNames()) {
      assertThat(ErrorNumbers.of(name)).isPositive();
    }
    assertThat(ErrorNumbers.of("")).isZero();
  }

  @Test
  void onlyNamesThatTheOtherSideKnowsCrossTheWire() throws IOException {
    List<String> known = wireNames();
    for (Errno errno : Errno.values()) {
      assertThat(known).contains(errno.wireName());
    }
  }

  @Test
  void everyNameOnTheWireBelongsToANumber() throws IOException {
    List<String> names = new ArrayList<>(wireNames());
    for (Errno errno : Errno.values()) {
      names.remove(errno.wireName());
    }
    // Not an error: it is there to try out a name that no system has.
    assertThat(names).containsExactly("EZZZ");
  }

  @Test
  void everyNumberFindsItsError() {
    for (Errno errno : Errno.values()) {
      assertThat(Errno.of(errno.number())).isSameAs(errno);
    }
  }

  @Test
  void aNumberThatDoesNotExistIsAnInvalidArgument() {
    assertThat(Errno.of(0)).isSameAs(Errno.EINVAL);
    assertThat(Errno.of(41)).isSameAs(Errno.EINVAL);
    assertThat(Errno.of(134)).isSameAs(Errno.EINVAL);
    assertThat(Errno.of(-1)).isSameAs(Errno.EINVAL);
  }

  @Test
  void aFailedSystemCallSaysWhatAndWhy() {
    CallException failed = CallException.failed("open: /etc/shadow", Errno.EACCES);

    assertThat(failed).hasMessage("open: /etc/shadow: Permission denied");
    assertThat(failed.errno()).isSameAs(Errno.EACCES);
    assertThat(failed.is(Errno.EACCES)).isTrue();
  }
}
