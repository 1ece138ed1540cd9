package io.guestfs.daemon.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PipeTests {
  private static final int USUAL = 64 * 1024;

  @Test
  void holdsAsMuchAsItIsTold() {
    assertThat(capacity(pipe -> {})).isEqualTo(USUAL);
    assertThat(capacity(pipe -> pipe.resize(4 * USUAL))).isEqualTo(4 * USUAL);
  }

  @Test
  void aSizeThatItCannotHaveLeavesItAsItIs() {
    assertThat(capacity(pipe -> pipe.resize(-1))).isEqualTo(USUAL);
  }

  private interface Preparation {
    void prepare(Pipe pipe);
  }

  private static int capacity(Preparation preparation) {
    try (Pipe pipe = Pipe.open("pipe")) {
      preparation.prepare(pipe);
      pipe.setWriterNonBlocking();
      ByteBuffer piece = ByteBuffer.allocateDirect(8 * USUAL);
      return pipe.writer().writeIfPossible(piece);
    }
  }
}
