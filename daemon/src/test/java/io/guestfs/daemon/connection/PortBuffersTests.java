package io.guestfs.daemon.connection;

import static io.guestfs.daemon.linux.OpenFlags.O_CREAT;
import static io.guestfs.daemon.linux.OpenFlags.O_RDONLY;
import static io.guestfs.daemon.linux.OpenFlags.O_WRONLY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.daemon.linux.Fd;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the sizes are, and wherever the buffers begin and end, no byte gets lost. */
@Timeout(60)
class PortBuffersTests {
  private static final int TOTAL = 3_000_000;

  @TempDir private Path temporary;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatIsPutGoesOut(long seed) throws Exception {
    Random random = new Random(seed);
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    Path file = temporary.resolve("file");
    try (Fd port = Fd.open(file.toString(), O_CREAT | O_WRONLY, 0600)) {
      PortWriter writer = new PortWriter(port);
      while (expected.size() < TOTAL) {
        putSomething(random, writer, expected);
      }
      writer.flush();
    }

    assertThat(Files.readAllBytes(file)).isEqualTo(expected.toByteArray());
  }

  private static void putSomething(Random random, PortWriter writer, ByteArrayOutputStream copy) {
    switch (random.nextInt(4)) {
      case 0 -> {
        int word = random.nextInt();
        writer.putInt(word);
        copy.writeBytes(ByteBuffer.allocate(4).putInt(word).array());
      }
      case 1 -> {
        long word = random.nextLong();
        writer.putLong(word);
        copy.writeBytes(ByteBuffer.allocate(8).putLong(word).array());
      }
      case 2 -> {
        byte[] data = new byte[random.nextInt(20_000)];
        random.nextBytes(data);
        writer.put(ByteBuffer.wrap(data));
        copy.writeBytes(data);
      }
      default -> {
        int padding = random.nextInt(4);
        writer.putPadding(padding);
        copy.writeBytes(new byte[padding]);
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatComesInIsTaken(long seed) throws Exception {
    Random random = new Random(seed);
    byte[] content = new byte[TOTAL];
    random.nextBytes(content);
    Path file = Files.write(temporary.resolve("file"), content);
    try (Fd port = Fd.open(file.toString(), O_RDONLY, 0)) {
      PortReader reader = new PortReader(port);
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.remaining() > 100_000) {
        takeSomething(random, reader, rest);
      }
      assertThat(reader.bytes(rest.remaining())).isEqualTo(slice(rest, rest.remaining()));
      assertThat(reader.awaitFrame()).isFalse();
    }
  }

  private static void takeSomething(Random random, PortReader reader, ByteBuffer rest) {
    switch (random.nextInt(3)) {
      case 0 -> {
        assertThat(reader.awaitFrame()).isTrue();
        assertThat(reader.readWord()).isEqualTo(rest.getInt());
      }
      case 1 -> {
        int length = random.nextInt(100_000);
        assertThat(reader.bytes(length)).isEqualTo(slice(rest, length));
      }
      default -> {
        int length = random.nextInt(8200);
        ByteBuffer slice = reader.slice(length);
        assertThat(slice(slice, length)).isEqualTo(slice(rest, length));
      }
    }
  }

  @Test
  void anEndInTheMiddleIsNoEnd() throws Exception {
    Path file = Files.write(temporary.resolve("file"), new byte[7]);
    try (Fd port = Fd.open(file.toString(), O_RDONLY, 0)) {
      PortReader reader = new PortReader(port);
      assertThat(reader.readWord()).isZero();

      assertThatThrownBy(reader::readWord).isInstanceOf(PortException.class);
    }
  }

  private static byte[] slice(ByteBuffer buffer, int length) {
    byte[] bytes = new byte[length];
    buffer.get(bytes);
    return bytes;
  }
}
