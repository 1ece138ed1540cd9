package io.guestfs.daemon.root;

import static io.guestfs.daemon.linux.OpenFlags.O_CREAT;
import static io.guestfs.daemon.linux.OpenFlags.O_RDONLY;
import static io.guestfs.daemon.linux.OpenFlags.O_WRONLY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.linux.FileType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class GuestRootTests {
  @TempDir private Path temporary;
  private Path guest;
  private GuestRoot root;

  /** A secret beside the guest, and a file of the same path inside it. */
  @BeforeEach
  void makeGuest() throws IOException {
    guest = Files.createDirectory(temporary.resolve("guest"));
    write("secret", "outside");
    write("guest/secret", "inside");
    Files.createDirectories(guest.resolve("etc"));
    write("guest/etc/shadow", "guest's own");
    root = GuestRoot.directory(guest.toString());
  }

  @Test
  void opensWhatIsInTheGuest() {
    assertThat(read("/etc/shadow")).isEqualTo("guest's own");
    assertThat(read("//etc//./shadow")).isEqualTo("guest's own");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../secret", "../../../../../secret", "/secret", "/../secret", "etc/../../secret"})
  void aSymlinkResolvesInsideTheGuest(String target) throws IOException {
    Files.createSymbolicLink(guest.resolve("evil"), Path.of(target));

    assertThat(read("/evil")).isEqualTo("inside");
    assertThat(root.status("/evil").isRegular()).isTrue();
    assertThat(root.linkStatus("/evil").isSymlink()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "../..", "/", "/..", "etc/../.."})
  void aDirectorySymlinkResolvesInsideTheGuest(String target) throws IOException {
    Files.createSymbolicLink(guest.resolve("evil"), Path.of(target));

    assertThat(read("/evil/secret")).isEqualTo("inside");
    assertThat(read("/etc/../../evil/../secret")).isEqualTo("inside");
  }

  @Test
  void dotsInAPathStayInTheGuest() {
    assertThat(read("/../secret")).isEqualTo("inside");
    assertThat(read("/etc/../../../secret")).isEqualTo("inside");
  }

  @Test
  void creatingThroughASymlinkCreatesInTheGuest() throws IOException {
    Files.createSymbolicLink(guest.resolve("evil"), Path.of("../created"));

    root.open("/evil", O_CREAT | O_WRONLY, 0600).close();

    assertThat(guest.resolve("created")).exists();
    assertThat(temporary.resolve("created")).doesNotExist();
  }

  @Test
  void operationsOnAnEntryStayInTheGuest() throws IOException {
    Files.createSymbolicLink(guest.resolve("evil"), Path.of(".."));
    try (Entry entry = root.findEntry("/evil/secret")) {
      entry.directory().unlink(entry.name());
    }

    assertThat(guest.resolve("secret")).doesNotExist();
    assertThat(temporary.resolve("secret")).exists();
  }

  @Test
  void magicLinksAreNotFollowed() throws IOException {
    Files.createSymbolicLink(guest.resolve("evil"), Path.of("/proc/self/root/etc/passwd"));
    assertFails(Errno.ENOENT, () -> root.find("/evil"));

    GuestRoot whole = GuestRoot.directory("/");
    assertFails(Errno.ELOOP, () -> whole.find("/proc/self/root/etc"));
    assertFails(Errno.ELOOP, () -> whole.find("/proc/self/cwd"));
  }

  /** What is opened once stays the same file, whatever its path becomes afterwards. */
  @Test
  void aDirectorySwappedForASymlinkChangesNothing() throws IOException {
    try (Entry entry = root.findEntry("/etc/shadow")) {
      Files.move(guest.resolve("etc"), guest.resolve("moved"));
      Files.createSymbolicLink(guest.resolve("etc"), temporary);
      entry.directory().unlink(entry.name());
    }

    assertThat(guest.resolve("moved/shadow")).doesNotExist();
    assertThat(temporary.resolve("secret")).exists();
  }

  @Test
  void aLoopOfSymlinksIsAnError() throws IOException {
    Files.createSymbolicLink(guest.resolve("one"), Path.of("two"));
    Files.createSymbolicLink(guest.resolve("two"), Path.of("one"));

    assertFails(Errno.ELOOP, () -> root.find("/one"));
    assertThat(root.linkStatus("/one").isSymlink()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "etc/shadow", "./x", "../secret"})
  void aRelativePathIsRefused(String path) {
    assertThatThrownBy(() -> root.find(path))
        .isInstanceOf(CallException.class)
        .hasMessage(path + ": a path in the guest must start with /");
    assertFails(Errno.EINVAL, () -> root.findEntry(path));
  }

  @Test
  void whatIsMissingIsNamedByItsPathInTheGuest() {
    assertThatThrownBy(() -> root.find("/no/such"))
        .hasMessage("open: /no/such: No such file or directory");
    assertThat(root.statusOrNull("/no/such")).isNull();
    assertThat(root.statusOrNull("/secret/below-a-file")).isNull();
    assertThat(root.linkStatusOrNull("/no/such")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "//", "/.", "/..", "/etc/..", "/etc/."})
  void aPathWithoutALastNameIsNoEntry(String path) {
    assertThatThrownBy(() -> root.findEntry(path)).isInstanceOf(CallException.class);
  }

  @Test
  void slashesAtTheEndDoNotMatter() {
    try (Entry entry = root.findEntry("/etc/new///")) {
      entry.directory().mkdir(entry.name(), 0700);
    }

    assertThat(root.status("/etc/new/").isDirectory()).isTrue();
  }

  @Test
  @Timeout(30)
  void aPipeIsNotWaitedFor() {
    try (Entry entry = root.findEntry("/pipe")) {
      entry.directory().mknod(entry.name(), FileType.FIFO.mode() | 0600, 0);
    }

    assertFails(Errno.EINVAL, () -> root.open("/pipe", O_RDONLY, 0));
    assertFails(Errno.ENXIO, () -> root.open("/pipe", O_WRONLY, 0));
    assertThat(root.status("/pipe").type()).isEqualTo(FileType.FIFO);
  }

  @Test
  void withoutAMountThereAreNoPaths() {
    GuestRoot bare = GuestRoot.mountPoint(guest.toString());

    assertThat(bare.isMounted()).isFalse();
    assertThatThrownBy(() -> bare.find("/etc"))
        .isInstanceOf(CallException.class)
        .hasMessageContaining("nothing is mounted");
    assertThat(root.isMounted()).isTrue();
  }

  private String read(String path) {
    try (Fd file = root.open(path, O_RDONLY, 0)) {
      ByteBuffer buffer = ByteBuffer.allocateDirect(100);
      file.read(buffer);
      byte[] bytes = new byte[buffer.position()];
      buffer.get(0, bytes);
      return new String(bytes, UTF_8);
    }
  }

  private void write(String path, String content) throws IOException {
    Files.writeString(temporary.resolve(path), content);
  }

  private static void assertFails(Errno errno, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(CallException.class, e -> assertThat(e.errno()).isEqualTo(errno));
  }
}
