package io.guestfs.daemon.handler;

import static io.guestfs.daemon.handler.ServedGuest.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.calls.Dirent;
import io.guestfs.calls.wire.DirectoryDescriptors;
import io.guestfs.calls.wire.DirentStruct;
import io.guestfs.calls.wire.InternalDescriptors;
import io.guestfs.calls.wire.RetiredDescriptors;
import io.guestfs.protocol.call.ResultType;
import io.guestfs.protocol.xdr.GuestString;
import io.guestfs.protocol.xdr.XdrReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DirectoryHandlerTests {
  private static final int MANY = 10_000;
  private static final int LONGEST_NAME = 255;

  @RegisterExtension final ServedGuest guest = new ServedGuest();

  @Test
  void listingsForPeopleAreThoseOfLs() throws IOException {
    Files.createDirectory(guest.path("/-dir"));
    Files.writeString(guest.path("/-dir/file name"), "text");
    Files.createSymbolicLink(guest.path("/link"), Path.of("-dir"));

    String listing = guest.call(DirectoryDescriptors.LL, "/link");

    assertThat(listing).startsWith("total ");
    assertThat(listing.lines().skip(1).map(line -> line.replaceFirst(".*\\d\\d:\\d\\d ", "")))
        .containsExactly(".", "..", "file name");
    assertThat(guest.call(DirectoryDescriptors.LL, "/-dir/file name")).startsWith("-rw-r--r--");
    assertThat(guest.call(DirectoryDescriptors.LLZ, "/-dir")).contains("?", "file name");
    assertFails("ENOENT", () -> guest.call(DirectoryDescriptors.LL, "/nothing"));
  }

  @Test
  void mkdirMakesADirectory() throws IOException {
    guest.run(DirectoryDescriptors.MKDIR, "/new");
    guest.run(DirectoryDescriptors.MKDIR, "/new/in it/");

    assertThat(guest.path("/new/in it")).isDirectory();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(guest.path("/new"))))
        .isEqualTo("rwxr-xr-x");
    assertFails("EEXIST", () -> guest.run(DirectoryDescriptors.MKDIR, "/new"));
    assertFails("EEXIST", () -> guest.run(DirectoryDescriptors.MKDIR, "/"));
    assertFails("EEXIST", () -> guest.run(DirectoryDescriptors.MKDIR, "/new/.."));
    assertFails("ENOENT", () -> guest.run(DirectoryDescriptors.MKDIR, "/no/parent"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/a", "/a/b/c", "/a//b/./c/", "/a/../b/c", "/there", "/there/in/it", "//"})
  void mkdirPMakesWhatIsMissing(String path) throws IOException {
    Files.createDirectory(guest.path("/there"));

    guest.run(DirectoryDescriptors.MKDIR_P, path);
    guest.run(DirectoryDescriptors.MKDIR_P, path);

    assertThat(guest.root().resolve("./" + path)).isDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/file", "/file/a", "/file/a/b", "/dangling", "/dangling/a", "/link"})
  void mkdirPMakesNothingBelowWhatIsNoDirectory(String path) throws IOException {
    Files.writeString(guest.path("/file"), "");
    Files.createDirectory(guest.path("/directory"));
    Files.createSymbolicLink(guest.path("/dangling"), Path.of("nowhere"));
    Files.createSymbolicLink(guest.path("/link"), Path.of("directory"));

    assertFails("ENOTDIR", () -> guest.run(DirectoryDescriptors.MKDIR_P, path));
  }

  @Test
  void mkdirPGoesAsDeepAsAPathCan() {
    String deep = "/d".repeat(2000);

    guest.run(DirectoryDescriptors.MKDIR_P, deep);

    assertThat(guest.path("/d/d/d")).isDirectory();
    assertThat(paths("/")).hasSize(2000);
  }

  @Test
  void mkdirPFollowsLinksInsideOfTheGuest() throws IOException {
    Files.createDirectory(guest.path("/inside"));
    Files.createSymbolicLink(guest.path("/link"), Path.of("/inside"));
    Files.createSymbolicLink(guest.path("/out"), Path.of("../.."));

    guest.run(DirectoryDescriptors.MKDIR_P, "/link/a/b");
    guest.run(DirectoryDescriptors.MKDIR_P, "/out/made/here");
    guest.run(DirectoryDescriptors.MKDIR, "/out/too");

    assertThat(guest.path("/inside/a/b")).isDirectory();
    assertThat(guest.path("/made/here")).isDirectory();
    assertThat(guest.path("/too")).isDirectory();
    assertThat(guest.outside("made")).doesNotExist();
  }

  @Test
  void namesAreListed() throws IOException {
    Files.writeString(guest.path("/b"), "");
    Files.createDirectory(guest.path("/a\nb"));
    Files.writeString(guest.path("/.hidden"), "");
    Files.writeString(guest.path("/a\nb/not listed"), "");

    assertThat(names("/")).containsExactlyInAnyOrder("b", "a\nb", ".hidden");
    assertThat(guest.call(RetiredDescriptors.LS, "/")).isEqualTo(List.of(".hidden", "a\nb", "b"));
    assertThat(names("/a\nb")).containsExactly("not listed");
  }

  @Test
  void whatIsBelowIsFound() throws IOException {
    Files.createDirectories(guest.path("/top/b"));
    Files.writeString(guest.path("/top/b/c"), "");
    Files.writeString(guest.path("/top/-name\n"), "");
    Files.createSymbolicLink(guest.path("/top/loop"), Path.of("."));
    Files.createSymbolicLink(guest.path("/top/out"), guest.outside("."));
    Files.createSymbolicLink(guest.path("/link"), Path.of("/top"));

    String[] all = {"b", "b/c", "-name\n", "loop", "out"};
    assertThat(paths("/top/")).containsExactlyInAnyOrder(all);
    assertThat(paths("/top"))
        .containsExactlyInAnyOrder(Stream.of(all).map(path -> "/" + path).toArray(String[]::new));
    assertThat(paths("/link/")).containsExactlyInAnyOrder(all);
    assertThat(paths("/link")).isEmpty();
    assertThat(guest.call(RetiredDescriptors.FIND, "/top"))
        .isEqualTo(List.of("-name\n", "b", "b/c", "loop", "out"));
    assertThat(guest.call(RetiredDescriptors.FIND, "/top/b/")).isEqualTo(List.of("c"));
  }

  @Test
  void anEmptyDirectoryHasNothing() {
    assertThat(names("/")).isEmpty();
    assertThat(paths("/")).isEmpty();
    assertThat(guest.call(RetiredDescriptors.FIND, "/")).isEqualTo(List.of());
    assertThat(entries("/")).extracting(Dirent::name).containsExactly(".", "..");
  }

  @Test
  void entriesTellInodeAndType() throws Exception {
    Files.writeString(guest.path("/file"), "");
    Files.createDirectory(guest.path("/directory"));
    Files.createSymbolicLink(guest.path("/link"), Path.of("file"));
    Root.exec("mkfifo", guest.path("/fifo").toString());

    List<Dirent> entries = entries("/");

    assertThat(entries)
        .extracting(entry -> entry.name() + " " + entry.ftyp())
        .containsExactlyInAnyOrder(". d", ".. d", "file r", "directory d", "link l", "fifo f");
    assertThat(entries).contains(new Dirent(inode("/file"), 'r', "file"));
    assertThat(entries).contains(new Dirent(inode("/"), 'd', "."));
    assertThat(entries("/directory")).contains(new Dirent(inode("/"), 'd', ".."));
    assertThat(guest.call(RetiredDescriptors.READDIR, "/"))
        .extracting(Dirent::name)
        .containsExactlyInAnyOrder(".", "..", "directory", "fifo", "file", "link");
  }

  @Test
  void largeDirectoriesAreListed() throws IOException {
    String longName = "n".repeat(40);
    Files.createDirectory(guest.path("/many"));
    for (int i = 0; i < MANY; i++) {
      Files.createFile(guest.path("/many/" + longName + i));
    }

    assertThat(names("/many")).hasSize(MANY).doesNotHaveDuplicates();
    assertThat(paths("/")).hasSize(MANY + 1).contains("many/" + longName + 9999);
    assertThat(entries("/many")).hasSize(MANY + 2);
    assertThat(guest.call(RetiredDescriptors.LS, "/many")).hasSize(MANY);
  }

  /** Entries are taken apart by words; what is left of the last one is none of the name. */
  @Test
  void namesOfAllLengthsAreListed() throws IOException {
    Files.createDirectory(guest.path("/names"));
    List<String> names = new ArrayList<>(List.of("...", ".a", "..b", ".é", "z"));
    for (int length = 1; length <= LONGEST_NAME; length++) {
      names.add("ü".repeat(length / 2) + "x".repeat(length % 2));
    }
    List<Dirent> expected = new ArrayList<>();
    expected.add(new Dirent(inode("/names"), 'd', "."));
    expected.add(new Dirent(inode("/"), 'd', ".."));
    for (String name : names) {
      Files.createFile(guest.path("/names/" + name));
      expected.add(new Dirent(inode("/names/" + name), 'r', name));
    }

    assertThat(names("/names")).containsExactlyInAnyOrderElementsOf(names);
    assertThat(entries("/names")).containsExactlyInAnyOrderElementsOf(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nothing", "/file", "/dangling", "relative"})
  void onlyADirectoryIsListed(String path) throws IOException {
    Files.writeString(guest.path("/file"), "");
    Files.createSymbolicLink(guest.path("/dangling"), Path.of(guest.outside(".").toString()));
    String errno =
        switch (path) {
          case "/file" -> "ENOTDIR";
          case "relative" -> "EINVAL";
          default -> "ENOENT";
        };

    assertFails(errno, () -> names(path)).hasMessageContaining(path);
    assertFails(errno, () -> paths(path)).hasMessageContaining(path);
    assertFails(errno, () -> entries(path)).hasMessageContaining(path);
    assertFails(errno, () -> guest.call(RetiredDescriptors.FIND, path));
    assertFails(errno, () -> guest.call(RetiredDescriptors.LS, path));
  }

  private List<String> names(String directory) {
    return strings(guest.library().download(DirectoryDescriptors.LS0, null, directory));
  }

  private List<String> paths(String directory) {
    return strings(guest.library().download(DirectoryDescriptors.FIND0, null, directory));
  }

  private static List<String> strings(byte[] content) {
    String all = GuestString.decode(content);
    if (all.isEmpty()) {
      return List.of();
    }
    assertThat(all).endsWith("\0");
    return Arrays.asList(all.split("\0"));
  }

  private List<Dirent> entries(String directory) {
    ByteBuf content =
        Unpooled.wrappedBuffer(
            guest.library().download(InternalDescriptors.INTERNAL_READDIR, null, directory));
    XdrReader reader = new XdrReader(content);
    ResultType<Dirent> type = ResultType.struct(DirentStruct.TYPE);
    List<Dirent> entries = new ArrayList<>();
    while (content.isReadable()) {
      entries.add(Objects.requireNonNull(type.read(reader)));
    }
    return entries;
  }

  private long inode(String path) throws IOException {
    return (Long) Files.getAttribute(guest.path(path), "unix:ino");
  }
}
