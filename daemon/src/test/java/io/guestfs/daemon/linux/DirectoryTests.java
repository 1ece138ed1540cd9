package io.guestfs.daemon.linux;

import static io.guestfs.daemon.linux.OpenFlags.O_CREAT;
import static io.guestfs.daemon.linux.OpenFlags.O_RDONLY;
import static io.guestfs.daemon.linux.OpenFlags.O_WRONLY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.calls.value.FileName;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.protocol.xdr.GuestString;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DirectoryTests {
  @TempDir private Path temporary;
  private Directory directory;

  @BeforeEach
  void open() {
    directory = new Directory(Fd.open(temporary.toString(), O_RDONLY, 0));
  }

  @AfterEach
  void close() {
    directory.close();
  }

  @Test
  void listsWhatIsThereWithItsTypes() {
    directory.mkdir("folder", 0755);
    directory.open("file", O_CREAT | O_WRONLY, 0644).close();
    directory.symlink("nowhere", "link");
    directory.mknod("pipe", FileType.FIFO.mode() | 0600, 0);

    assertThat(list())
        .containsExactlyInAnyOrder("folder DIRECTORY", "file REGULAR", "link SYMLINK", "pipe FIFO");
  }

  @Test
  void listsMoreThanOneBufferHoldsAndAgainFromTheStart() {
    for (int i = 0; i < 3000; i++) {
      directory.open("a-file-with-a-long-name-" + i, O_CREAT | O_WRONLY, 0644).close();
    }

    assertThat(list()).hasSize(3000).doesNotHaveDuplicates();
    assertThat(list()).hasSize(3000);
  }

  /** Where a name ends in its words is a matter of its length, and so is what is behind it. */
  @Test
  void namesOfAnyLengthEndWhereTheyEnd() {
    Random random = new Random(7);
    List<String> names = new ArrayList<>();
    for (int length = 1; length <= 255; length++) {
      StringBuilder name = new StringBuilder();
      for (int i = 0; i < length; i++) {
        name.append((char) ('0' + random.nextInt(75)));
      }
      names.add(name + " REGULAR");
      directory.open(name.toString(), O_CREAT | O_WRONLY, 0644).close();
    }

    assertThat(list()).containsExactlyInAnyOrderElementsOf(names);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"with space", "line\nbreak", "-rf", "ünïcödé", "😀", "back\\slash", "a'b\""})
  void namesAreTakenAsTheyAre(String name) {
    directory.mkdir(name, 0700);

    assertThat(list()).containsExactly(name + " DIRECTORY");
    assertThat(directory.status(name).isDirectory()).isTrue();
    directory.rmdir(name);
    assertThat(list()).isEmpty();
  }

  @Test
  void aNameThatIsNotUtf8IsListedAndRemoved() {
    String name = GuestString.decode(new byte[] {'L', (byte) 0xe4, 'r', 'm', (byte) 0xff});
    directory.open(name, O_CREAT | O_WRONLY, 0644).close();

    assertThat(list()).containsExactly(name + " REGULAR");
    directory.unlink(name);
    assertThat(list()).isEmpty();
  }

  @Test
  void aNameMayHave255BytesAndNoMore() {
    directory.mkdir("n".repeat(255), 0700);

    assertThat(list()).containsExactly("n".repeat(255) + " DIRECTORY");
    assertFails(Errno.ENAMETOOLONG, () -> directory.mkdir("n".repeat(256), 0700));
    assertFails(Errno.ENAMETOOLONG, () -> directory.mkdir("n".repeat(100_000), 0700));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b", "/", "../x", "nul\0"})
  void whatIsNotASingleNameIsRefused(String name) {
    assertFails(Errno.EINVAL, () -> directory.mkdir(name, 0700));
    assertFails(Errno.EINVAL, () -> directory.open(name, O_RDONLY, 0));
    assertFails(Errno.EINVAL, () -> directory.status(name));
    assertFails(Errno.EINVAL, () -> directory.readlink(name));
  }

  @Test
  void symlinksAreReadAndNotFollowed() throws Exception {
    Files.writeString(temporary.resolve("target"), "text");
    directory.symlink("target", "link");

    assertThat(directory.readlink("link")).isEqualTo("target");
    assertThat(directory.status("link").isSymlink()).isTrue();
    assertFails(Errno.ELOOP, () -> directory.open("link", O_RDONLY, 0));
  }

  @Test
  void aSymlinkMayBeAsLongAsAPath() {
    String target = "t".repeat(4095);
    directory.symlink(target, "link");

    assertThat(directory.readlink("link")).isEqualTo(target);
  }

  @Test
  void linksAndRenames() {
    directory.open("one", O_CREAT | O_WRONLY, 0640).close();
    directory.link("one", directory, "two");
    directory.rename("one", directory, "three", Directory.RENAME_NOREPLACE);

    assertThat(list()).containsExactlyInAnyOrder("two REGULAR", "three REGULAR");
    assertThat(directory.status("two").nlink()).isEqualTo(2);
    assertThat(directory.status("two").isSameFile(directory.status("three"))).isTrue();
    assertFails(
        Errno.EEXIST,
        () -> directory.rename("two", directory, "three", Directory.RENAME_NOREPLACE));
  }

  @Test
  void setsTimesOfTheEntryItself() {
    directory.symlink("nowhere", "link");
    directory.utimens("link", new FileTime(1, 2), new FileTime(3, 4));

    FileStatus status = directory.status("link");
    assertThat(status.accessedSeconds()).isEqualTo(1);
    assertThat(status.accessedNanoseconds()).isEqualTo(2);
    assertThat(status.modifiedSeconds()).isEqualTo(3);
    assertThat(status.modifiedNanoseconds()).isEqualTo(4);
  }

  @Test
  void whatIsNotThereHasNoStatus() {
    assertThat(directory.statusOrNull("missing")).isNull();
    assertThatThrownBy(() -> directory.status("missing"))
        .isInstanceOf(CallException.class)
        .hasMessage("stat: %s/missing: No such file or directory", temporary);
  }

  @Test
  void givesTheStatusOfEachOfManyEntriesInOrder() throws Exception {
    List<FileName> names = new ArrayList<>();
    List<Long> sizes = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      // Every third is not there; every tenth has a name that no file system takes.
      String name = i % 10 == 9 ? "n".repeat(1000 * i) : "file" + i;
      boolean there = i % 3 > 0 && i % 10 < 9;
      if (there) {
        Files.writeString(temporary.resolve(name), "x".repeat(i));
      }
      names.add(FileName.of(name.getBytes(StandardCharsets.UTF_8)));
      sizes.add(there ? i : -1L);
    }
    Files.createSymbolicLink(temporary.resolve("link"), temporary.resolve("no/where"));
    names.add(FileName.of("link".getBytes(StandardCharsets.UTF_8)));
    sizes.add((long) temporary.resolve("no/where").toString().length());

    List<Long> found = new ArrayList<>();
    directory.forEachStatus(names, status -> found.add(status == null ? -1 : status.size()));

    assertThat(found).isEqualTo(sizes);
  }

  @Test
  void tellsWhatStatxSays() throws Exception {
    Files.writeString(temporary.resolve("file"), "12345");

    FileStatus status = Objects.requireNonNull(directory.statusOrNull("file"));

    assertThat(status.size()).isEqualTo(5);
    assertThat(status.isRegular()).isTrue();
    assertThat(status.inode()).isEqualTo(Files.getAttribute(temporary.resolve("file"), "unix:ino"));
    assertThat(status.dev()).isEqualTo(Files.getAttribute(temporary.resolve("file"), "unix:dev"));
    assertThat(status.mode()).isEqualTo(Files.getAttribute(temporary.resolve("file"), "unix:mode"));
    assertThat(status.modifiedSeconds())
        .isEqualTo(Files.getLastModifiedTime(temporary.resolve("file")).toMillis() / 1000);
  }

  @Test
  void deviceNumbersSplitIntoMajorAndMinor() {
    long device = FileStatus.deviceNumber(0xabcde, 0x12345);

    assertThat(FileStatus.major(device)).isEqualTo(0xabcde);
    assertThat(FileStatus.minor(device)).isEqualTo(0x12345);
    FileStatus zero = Objects.requireNonNull(FileStatus.of("/dev/zero"));
    assertThat(FileStatus.major(zero.rdev())).isEqualTo(1);
    assertThat(FileStatus.minor(zero.rdev())).isEqualTo(5);
  }

  private List<String> list() {
    List<String> found = new ArrayList<>();
    DirectoryReader entries = directory.entries();
    while (entries.next()) {
      found.add(entries.name() + " " + entries.type());
    }
    return found;
  }

  private static void assertFails(Errno errno, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(CallException.class, e -> assertThat(e.errno()).isEqualTo(errno));
  }
}
