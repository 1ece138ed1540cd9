package io.guestfs.daemon.linux;

import static io.guestfs.daemon.linux.OpenFlags.O_CREAT;
import static io.guestfs.daemon.linux.OpenFlags.O_NOFOLLOW;
import static io.guestfs.daemon.linux.OpenFlags.O_PATH;
import static io.guestfs.daemon.linux.OpenFlags.O_RDONLY;
import static io.guestfs.daemon.linux.OpenFlags.O_RDWR;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FdTests {
  @TempDir private Path temporary;
  private String path = "";

  @BeforeEach
  void name() {
    path = temporary.resolve("file").toString();
  }

  @Test
  void readsWhatWasWritten() {
    try (Fd file = Fd.open(path, O_CREAT | O_RDWR, 0600)) {
      file.writeFully(direct("hello, world"));
      file.seek(7);

      assertThat(read(file)).isEqualTo("world");
      assertThat(file.read(ByteBuffer.allocateDirect(1))).isEqualTo(-1);
      assertThat(file.seekToEnd()).isEqualTo(12);
    }
  }

  @Test
  void readsAndWritesInPlace() {
    try (Fd file = Fd.open(path, O_CREAT | O_RDWR, 0600)) {
      assertThat(file.pwrite(direct("abcdef"), 0)).isEqualTo(6);
      assertThat(file.pwrite(direct("X"), 2)).isEqualTo(1);
      ByteBuffer buffer = ByteBuffer.allocateDirect(10);

      assertThat(file.pread(buffer, 1)).isEqualTo(5);
      assertThat(text(buffer)).isEqualTo("bXdef");
      assertThat(file.pread(ByteBuffer.allocateDirect(1), 6)).isEqualTo(-1);
    }
  }

  @Test
  void truncatesAllocatesAndSyncs() {
    try (Fd file = Fd.open(path, O_CREAT | O_RDWR, 0600)) {
      file.truncate(1000);
      assertThat(file.status().size()).isEqualTo(1000);
      file.allocate(0, 0, 5000);
      assertThat(file.status().size()).isEqualTo(5000);
      file.sync();
    }
  }

  @Test
  void aDescriptorThatOnlyNamesAFileIsEnoughForItsMetadata() throws Exception {
    Files.writeString(Path.of(path), "");
    try (Fd file = Fd.open(path, O_PATH, 0)) {
      file.chmod(0741);
      file.utimens(new FileTime(10, 0), FileTime.OMIT);
      file.chown(-1, -1);

      assertThat(file.status().permissions()).isEqualTo(0741);
      assertThat(file.status().accessedSeconds()).isEqualTo(10);
      assertThat(file.fileSystemStatus().blocks()).isPositive();
      assertThat(file.fileSystemStatus().nameMax()).isPositive();
    }
  }

  @Test
  void aDescriptorOfASymlinkTellsWhereItPoints() throws Exception {
    Files.createSymbolicLink(Path.of(path), Path.of("some/where"));
    try (Fd link = Fd.open(path, O_PATH | O_NOFOLLOW, 0)) {
      assertThat(link.readlink()).isEqualTo("some/where");
      assertThat(link.status().isSymlink()).isTrue();
    }
  }

  @Test
  void anotherProcessReachesTheFileThroughItsDescriptor() throws Exception {
    Files.writeString(Path.of(path), "content");
    try (Fd file = Fd.open(path, O_RDONLY, 0)) {
      assertThat(Files.readString(Path.of(file.procPath()))).isEqualTo("content");
    }
  }

  @Test
  void errorsNameTheCallAndTheFile() {
    assertThatThrownBy(() -> Fd.open(path, O_RDONLY, 0))
        .isInstanceOf(CallException.class)
        .hasMessage("open: " + path + ": No such file or directory");
    try (Fd file = Fd.open(temporary.toString(), O_RDONLY, 0)) {
      assertThatThrownBy(() -> file.read(ByteBuffer.allocateDirect(1)))
          .hasMessage("read: " + temporary + ": Is a directory");
    }
  }

  @Test
  void closesOnceAndRefusesAnythingAfter() {
    Fd file = Fd.open(path, O_CREAT | O_RDWR, 0600);
    file.close();
    file.close();

    assertThatThrownBy(file::status).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void keepsExtendedAttributes() {
    try (Fd file = Fd.open(path, O_CREAT | O_RDWR, 0600)) {
      ExtendedAttributes attributes = new ExtendedAttributes();
      assumeTrue(takesAttributes(attributes, file), "this file system has no attributes for users");
      attributes.set(file, "user.other", new byte[0]);

      assertThat(attributes.names(file)).contains("user.test", "user.other");
      assertThat(attributes.get(file, "user.test")).containsExactly(0, 1, -1);
      assertThat(attributes.get(file, "user.other")).isEmpty();
      assertThat(attributes.get(file, "user.missing")).isNull();
      attributes.remove(file, "user.test");
      assertThat(attributes.names(file)).doesNotContain("user.test");
    }
  }

  @Test
  void aPipeThatIsFullOrAbandonedDoesNotBlock() {
    try (Pipe pipe = Pipe.open("pipe")) {
      pipe.setWriterNonBlocking();
      ByteBuffer full = ByteBuffer.allocateDirect(1 << 20);
      assertThat(pipe.writer().writeIfPossible(full)).isPositive();
      assertThat(pipe.writer().writeIfPossible(full)).isZero();
      pipe.reader().close();
      assertThat(pipe.writer().writeIfPossible(full)).isEqualTo(-1);
    }
  }

  @Test
  void pollTellsWhichIsReady() {
    try (Pipe one = Pipe.open("one");
        Pipe two = Pipe.open("two")) {
      Poll poll = new Poll(2);
      poll.awaitReadable(0, one.reader());
      poll.awaitReadable(1, two.reader());

      assertThat(poll.await(0)).isFalse();
      two.writer().writeFully(direct("x"));
      assertThat(poll.await(-1)).isTrue();
      assertThat(poll.isReady(0)).isFalse();
      assertThat(poll.isReady(1)).isTrue();
      poll.ignore(1);
      one.writer().close();
      assertThat(poll.await(-1)).isTrue();
      assertThat(poll.isReady(0)).isTrue();
    }
  }

  @Test
  void aSocketThatNobodyListensOnCannotBeConnectedTo() {
    assertThatThrownBy(() -> UnixSocket.connect(path))
        .isInstanceOfSatisfying(
            CallException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT));
    assertThatThrownBy(() -> UnixSocket.connect("/" + "x".repeat(200)))
        .isInstanceOfSatisfying(
            CallException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENAMETOOLONG));
  }

  private static boolean takesAttributes(ExtendedAttributes attributes, Fd file) {
    try {
      attributes.set(file, "user.test", new byte[] {0, 1, -1});
      return true;
    } catch (CallException e) {
      if (e.is(Errno.ENOTSUP)) {
        return false;
      }
      throw e;
    }
  }

  private static String read(Fd file) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(100);
    file.read(buffer);
    return text(buffer);
  }

  private static ByteBuffer direct(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  private static String text(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.position()];
    buffer.get(0, bytes);
    return new String(bytes, UTF_8);
  }
}
