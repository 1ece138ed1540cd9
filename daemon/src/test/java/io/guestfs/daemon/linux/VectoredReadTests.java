package io.guestfs.daemon.linux;

import static io.guestfs.daemon.linux.OpenFlags.O_RDONLY;
import static io.guestfs.daemon.linux.OpenFlags.O_WRONLY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class VectoredReadTests {
  private static final int PIECE_SIZE = 100;
  private static final int PIECES_MAX = 5;

  private final VectoredRead read = new VectoredRead(PIECE_SIZE, PIECES_MAX);
  private final byte[] content = new byte[1000];

  @TempDir private Path temporary;
  private Path file = Path.of("");

  @BeforeEach
  void write() throws Exception {
    new Random(1).nextBytes(content);
    file = Files.write(temporary.resolve("file"), content);
  }

  @Test
  void takesAllPiecesThatAreWantedInPart() {
    try (Fd from = open()) {
      ByteBuffer to = ByteBuffer.allocateDirect(1000);

      assertThat(read.read(from, to, 1)).isEqualTo(100);
      assertThat(read.read(from, to, 101)).isEqualTo(200);
      assertThat(read.read(from, to, 200)).isEqualTo(200);

      assertThat(bytes(to.flip())).isEqualTo(Arrays.copyOf(content, 500));
    }
  }

  @Test
  void takesNoMoreThanThereIsRoomFor() {
    try (Fd from = open()) {
      ByteBuffer to = ByteBuffer.allocateDirect(600).position(10).limit(160);

      assertThat(read.read(from, to, 1000)).isEqualTo(150);

      assertThat(bytes(to.flip().position(10))).isEqualTo(Arrays.copyOf(content, 150));
      assertThat(read.read(from, to.clear(), 1000)).isEqualTo(PIECES_MAX * PIECE_SIZE);
    }
  }

  @Test
  void tellsTheEnd() {
    try (Fd from = open()) {
      from.seek(950);
      ByteBuffer to = ByteBuffer.allocateDirect(500);

      assertThat(read.read(from, to, 500)).isEqualTo(50);
      assertThat(read.read(from, to, 500)).isEqualTo(-1);
      assertThat(to.position()).isEqualTo(50);
    }
  }

  @Test
  void whatCannotBeReadFails() {
    try (Fd from = Fd.open(file.toString(), O_WRONLY, 0)) {
      assertThatThrownBy(() -> read.read(from, ByteBuffer.allocateDirect(10), 10))
          .isInstanceOfSatisfying(
              CallException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EBADF));
      assertThatThrownBy(() -> read.read(from, ByteBuffer.allocate(10), 10))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private Fd open() {
    return Fd.open(file.toString(), O_RDONLY, 0);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
