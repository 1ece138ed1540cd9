package io.guestfs.daemon.content;

import static io.guestfs.daemon.linux.OpenFlags.O_RDONLY;
import static io.guestfs.daemon.linux.OpenFlags.O_WRONLY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.linux.OpenFlags;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SequentialWriteTests {
  private static final int PIECE = 64 * 1024;
  private static final int PIECES = 3;

  @TempDir private Path temporary;

  @ParameterizedTest(name = "sized ahead {0}")
  @ValueSource(booleans = {true, false})
  void piecesFollowEachOther(boolean sizedAhead) throws Exception {
    Path path = Files.writeString(temporary.resolve("file"), "");
    try (Fd file = Fd.open(path.toString(), O_WRONLY, 0)) {
      SequentialWrite write = new SequentialWrite(file, sizedAhead, false);
      write.write(direct("one"));
      write.write(direct(""));
      write.write(direct(" two"));
    }

    assertThat(path).hasContent("one two");
  }

  @ParameterizedTest(name = "sized ahead {0}")
  @ValueSource(booleans = {true, false})
  void whatIsNotOverwrittenStays(boolean sizedAhead) throws Exception {
    Path path = Files.writeString(temporary.resolve("file"), "0123456789");
    try (Fd file = Fd.open(path.toString(), O_WRONLY, 0)) {
      file.seek(2);
      SequentialWrite write = new SequentialWrite(file, sizedAhead, false);
      write.write(direct("ab"));
      assertThat(path).hasContent("01ab456789");

      write.write(direct("cdefghij"));
      assertThat(path).hasContent("01abcdefghij");
    }
  }

  @ParameterizedTest(name = "sized ahead {0}")
  @ValueSource(booleans = {true, false})
  void aFileThatCannotBeWrittenToStaysAsItIs(boolean sizedAhead) throws Exception {
    Path path = Files.writeString(temporary.resolve("file"), "content");
    try (Fd file = Fd.open(path.toString(), O_RDONLY, 0)) {
      SequentialWrite write = new SequentialWrite(file, sizedAhead, false);

      assertThatThrownBy(() -> write.write(direct("longer than content")))
          .isInstanceOfSatisfying(
              CallException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EBADF));
    }

    assertThat(path).hasContent("content");
  }

  @Test
  void pagesGoPastTheCacheAndTheRestThroughIt() throws Exception {
    byte[] content = new byte[PIECES * PIECE + 3];
    new Random(1).nextBytes(content);
    Path path = Files.writeString(temporary.resolve("file"), "");
    try (Fd file = Fd.open(path.toString(), O_WRONLY, 0)) {
      assumeThat(file.setDirect(true)).as("the file system of %s takes O_DIRECT", path).isTrue();
      file.setDirect(false);
      SequentialWrite write = new SequentialWrite(file, false, true);
      for (int at = 0; at < PIECES * PIECE; at += PIECE) {
        write.write(pages(content, at, PIECE));
        assertThat(isDirect(file)).isTrue();
      }
      write.write(pages(content, PIECES * PIECE, 3));
      assertThat(isDirect(file)).isFalse();
    }

    assertThat(path).hasBinaryContent(content);
  }

  @Test
  void whatIsNotOfPagesGoesThroughTheCache() throws Exception {
    byte[] content = new byte[2 * PIECE + 4096];
    new Random(2).nextBytes(content);
    Path path = Files.writeString(temporary.resolve("file"), "");
    try (Fd file = Fd.open(path.toString(), O_WRONLY, 0)) {
      SequentialWrite write = new SequentialWrite(file, true, true);
      write.write(pages(content, 0, 5));
      write.write(pages(content, 5, PIECE));
      assertThat(isDirect(file)).as("at offset 5").isFalse();
      write.write(pages(content, 5 + PIECE, 4096 - 5));
      ByteBuffer rest = pages(content, PIECE + 4096 - 1, PIECE + 1);
      rest.get();
      write.write(rest);
      assertThat(isDirect(file)).as("from memory at 1").isFalse();
    }

    assertThat(path).hasBinaryContent(content);
  }

  private static boolean isDirect(Fd file) throws Exception {
    Path info = Path.of("/proc/self/fdinfo", Integer.toString(file.number()));
    String flags =
        Files.readAllLines(info).stream()
            .filter(line -> line.startsWith("flags:"))
            .findAny()
            .orElseThrow()
            .replace("flags:", "")
            .strip();
    return (Integer.parseUnsignedInt(flags, 8) & OpenFlags.O_DIRECT) != 0;
  }

  /** In memory that starts at a page. */
  private static ByteBuffer pages(byte[] content, int offset, int length) {
    return ByteBuffer.allocateDirect(length + 2 * 4096)
        .alignedSlice(4096)
        .put(0, content, offset, length)
        .limit(length);
  }

  private static ByteBuffer direct(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }
}
