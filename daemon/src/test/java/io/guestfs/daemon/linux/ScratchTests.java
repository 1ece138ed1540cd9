package io.guestfs.daemon.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.daemon.error.CallException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ScratchTests {

  private final Random random = new Random(7);

  @Test
  void stringsOfAnyLengthEndWithNul() {
    for (int length = 0; length < 100; length++) {
      Scratch scratch = dirty();
      long before = scratch.string(bytes(length % 5));
      byte[] text = bytes(length);
      int at = (int) (scratch.string(text) - scratch.address(0));
      int after = (int) (scratch.string(new byte[] {1}) - scratch.address(0));
      byte[] found = new byte[length + 1];
      scratch.memory().get(at, found);
      assertThat(found).isEqualTo(Arrays.copyOf(text, length + 1));
      assertThat(before).isLessThan(scratch.address(at));
      assertThat(after).isGreaterThan(at + length);
    }
  }

  @Test
  void stringsThatDoNotFitAreRefused() {
    Scratch scratch = dirty();
    byte[] most = bytes(Scratch.SIZE - 9);
    scratch.string(most);
    scratch.string(bytes(7));
    assertThatThrownBy(() -> scratch.string(new byte[0]))
        .isInstanceOf(CallException.class)
        .hasMessageContaining("name of 0 bytes");
  }

  private Scratch dirty() {
    byte[] all = new byte[Scratch.SIZE];
    Arrays.fill(all, (byte) 0xff);
    Scratch scratch = Scratch.take();
    scratch.memory().put(0, all);
    return scratch;
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
