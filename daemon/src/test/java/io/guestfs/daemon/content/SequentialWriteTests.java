package io.guestfs.daemon.content;

import static io.guestfs.daemon.linux.OpenFlags.O_RDONLY;
import static io.guestfs.daemon.linux.OpenFlags.O_WRONLY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.Fd;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SequentialWriteTests {
  @TempDir private Path temporary;

  @ParameterizedTest(name = "sized ahead {0}")
  @ValueSource(booleans = {true, false})
  void piecesFollowEachOther(boolean sizedAhead) throws Exception {
    Path path = Files.writeString(temporary.resolve("file"), "");
    try (Fd file = Fd.open(path.toString(), O_WRONLY, 0)) {
      SequentialWrite write = new SequentialWrite(file, sizedAhead);
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
      SequentialWrite write = new SequentialWrite(file, sizedAhead);
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
      SequentialWrite write = new SequentialWrite(file, sizedAhead);

      assertThatThrownBy(() -> write.write(direct("longer than content")))
          .isInstanceOfSatisfying(
              CallException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EBADF));
    }

    assertThat(path).hasContent("content");
  }

  private static ByteBuffer direct(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }
}
