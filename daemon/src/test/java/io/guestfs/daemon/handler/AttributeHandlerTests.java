package io.guestfs.daemon.handler;

import static io.guestfs.daemon.handler.ServedGuest.assertFails;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.guestfs.calls.IsDirOptions;
import io.guestfs.calls.IsFileOptions;
import io.guestfs.calls.Stat;
import io.guestfs.calls.StatNS;
import io.guestfs.calls.XAttr;
import io.guestfs.calls.wire.AttributeDescriptors;
import io.guestfs.calls.wire.ExtendedAttributeDescriptors;
import io.guestfs.calls.wire.FileDescriptors;
import io.guestfs.calls.wire.InternalDescriptors;
import io.guestfs.calls.wire.NodeDescriptors;
import io.guestfs.calls.wire.RetiredDescriptors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class AttributeHandlerTests {
  @RegisterExtension final ServedGuest guest = new ServedGuest();

  @ParameterizedTest
  @ValueSource(ints = {0, 0644, 0755, 04755, 02750, 01777, 07777})
  void chmodSetsAllBits(int mode) throws IOException {
    Files.writeString(guest.path("/file"), "");
    Files.createSymbolicLink(guest.path("/link"), Path.of("file"));

    guest.run(AttributeDescriptors.CHMOD, mode, "/link");

    assertThat(guest.call(AttributeDescriptors.STATNS, "/file").stMode()).isEqualTo(0100000 | mode);
  }

  @Test
  void chmodTakesAModeThatStatGave() throws IOException {
    Files.writeString(guest.path("/file"), "");

    guest.run(AttributeDescriptors.CHMOD, 0100600, "/file");

    assertThat(guest.call(AttributeDescriptors.STATNS, "/file").stMode()).isEqualTo(0100600);
    assertFails("EINVAL", () -> guest.run(AttributeDescriptors.CHMOD, -1, "/file"));
    assertFails("ENOENT", () -> guest.run(AttributeDescriptors.CHMOD, 0644, "/nothing"));
  }

  @Test
  void chownSetsOwnerAndGroup() throws IOException {
    Root.assume("only root gives files away");
    Files.writeString(guest.path("/file"), "");
    Files.createSymbolicLink(guest.path("/link"), Path.of("/file"));

    guest.run(AttributeDescriptors.CHOWN, 70_000, 12, "/link");
    guest.run(AttributeDescriptors.CHOWN, -1, 13, "/file");

    StatNS status = guest.call(AttributeDescriptors.STATNS, "/file");
    assertThat(status.stUid()).isEqualTo(70_000);
    assertThat(status.stGid()).isEqualTo(13);
    assertThat(guest.call(AttributeDescriptors.LSTATNS, "/link").stUid()).isZero();
    assertFails("ENOENT", () -> guest.run(AttributeDescriptors.CHOWN, 1, 1, "/nothing"));
  }

  @Test
  void lchownIsOfALinkItself() throws IOException {
    Root.assume("only root gives files away");
    Files.writeString(guest.path("/file"), "");
    Files.createSymbolicLink(guest.path("/link"), Path.of("/file"));

    guest.run(AttributeDescriptors.LCHOWN, 70_000, -1, "/link");
    guest.run(AttributeDescriptors.LCHOWN, -1, 12, "/file");

    assertThat(guest.call(AttributeDescriptors.LSTATNS, "/link").stUid()).isEqualTo(70_000);
    assertThat(guest.call(AttributeDescriptors.STATNS, "/link").stUid()).isZero();
    assertThat(guest.call(AttributeDescriptors.STATNS, "/file").stGid()).isEqualTo(12);
    assertFails("ENOENT", () -> guest.run(AttributeDescriptors.LCHOWN, 1, 1, "/nothing"));
  }

  @Test
  void timesAreSetOfAnythingLinksIncluded() throws IOException {
    Files.createDirectory(guest.path("/dir"));
    Files.createSymbolicLink(guest.path("/link"), Path.of("/dir"));
    Files.createSymbolicLink(guest.path("/dangling"), Path.of("/nothing"));
    guest.run(NodeDescriptors.MKFIFO, 0600, "/fifo");

    for (String path : List.of("/link", "/dangling", "/fifo")) {
      guest.run(AttributeDescriptors.UTIMENS, path, 12345L, 67890L, 9876L, 5432L);

      StatNS status = guest.call(AttributeDescriptors.LSTATNS, path);
      assertThat(status.stAtimeSec()).isEqualTo(12345);
      assertThat(status.stAtimeNsec()).isEqualTo(67890);
      assertThat(status.stMtimeSec()).isEqualTo(9876);
      assertThat(status.stMtimeNsec()).isEqualTo(5432);
    }
    assertThat(guest.call(AttributeDescriptors.STATNS, "/dir").stMtimeSec()).isGreaterThan(12345);
  }

  @Test
  void timesMayBeNowOrLeftAlone() throws IOException {
    Files.writeString(guest.path("/file"), "");
    guest.run(AttributeDescriptors.UTIMENS, "/file", 1L, 2L, 3L, 4L);

    guest.run(AttributeDescriptors.UTIMENS, "/file", 0L, -1L, 0L, -2L);

    StatNS status = guest.call(AttributeDescriptors.STATNS, "/file");
    assertThat(status.stAtimeSec()).isGreaterThan(1_000_000_000);
    assertThat(status.stMtimeSec()).isEqualTo(3);
    assertThat(status.stMtimeNsec()).isEqualTo(4);
    guest.run(AttributeDescriptors.UTIMENS, "/file", -5L, 0L, 0L, 999_999_999L);
    assertThat(guest.call(AttributeDescriptors.STATNS, "/file").stAtimeSec()).isEqualTo(-5);
    assertFails("EINVAL", () -> guest.run(AttributeDescriptors.UTIMENS, "/file", 0L, -3L, 0L, 0L));
    assertFails(
        "EINVAL",
        () -> guest.run(AttributeDescriptors.UTIMENS, "/file", 0L, 0L, 0L, 1_000_000_000L));
    assertFails("ENOENT", () -> guest.run(AttributeDescriptors.UTIMENS, "/no", 0L, 0L, 0L, 0L));
  }

  @Test
  void existsIsAboutTheNameItself() throws IOException {
    Files.writeString(guest.path("/file"), "");
    Files.createSymbolicLink(guest.path("/dangling"), Path.of("nowhere"));

    assertThat(guest.call(AttributeDescriptors.EXISTS, "/")).isTrue();
    assertThat(guest.call(AttributeDescriptors.EXISTS, "/file")).isTrue();
    assertThat(guest.call(AttributeDescriptors.EXISTS, "/dangling")).isTrue();
    assertThat(guest.call(AttributeDescriptors.EXISTS, "/nothing")).isFalse();
    assertThat(guest.call(AttributeDescriptors.EXISTS, "/file/below")).isFalse();
    assertThat(guest.call(AttributeDescriptors.EXISTS, "/dangling/below")).isFalse();
  }

  @Test
  void typesAreThoseOfLinksUnlessFollowed() throws IOException {
    Files.writeString(guest.path("/file"), "");
    Files.createSymbolicLink(guest.path("/tofile"), Path.of("file"));
    Files.createSymbolicLink(guest.path("/todir"), Path.of("/"));
    IsFileOptions fileFollowed = IsFileOptions.defaults().followsymlinks(true);
    IsDirOptions dirFollowed = IsDirOptions.defaults().followsymlinks(true);

    assertThat(guest.call(AttributeDescriptors.IS_FILE, "/file")).isTrue();
    assertThat(guest.call(AttributeDescriptors.IS_FILE, "/")).isFalse();
    assertThat(guest.call(AttributeDescriptors.IS_FILE, "/tofile")).isFalse();
    assertThat(guest.call(AttributeDescriptors.IS_FILE, fileFollowed, "/tofile")).isTrue();
    assertThat(guest.call(AttributeDescriptors.IS_FILE, fileFollowed, "/nothing")).isFalse();
    assertThat(guest.call(AttributeDescriptors.IS_DIR, "/")).isTrue();
    assertThat(guest.call(AttributeDescriptors.IS_DIR, "/file")).isFalse();
    assertThat(guest.call(AttributeDescriptors.IS_DIR, "/todir")).isFalse();
    assertThat(guest.call(AttributeDescriptors.IS_DIR, dirFollowed, "/todir")).isTrue();
    assertThat(guest.call(AttributeDescriptors.IS_DIR, "/file/below")).isFalse();
  }

  @Test
  void aLinkThatLeadsOutLeadsInside() throws IOException {
    Files.createSymbolicLink(guest.path("/evil"), Path.of("../secret"));
    Files.createSymbolicLink(guest.path("/absolute"), guest.outside("secret"));
    IsFileOptions followed = IsFileOptions.defaults().followsymlinks(true);

    assertThat(guest.call(AttributeDescriptors.IS_FILE, followed, "/evil")).isFalse();
    assertFails("ENOENT", () -> guest.call(AttributeDescriptors.STATNS, "/absolute"));
    assertFails("ENOENT", () -> guest.call(AttributeDescriptors.FILESIZE, "/evil"));
    assertFails("ENOENT", () -> guest.run(AttributeDescriptors.CHMOD, 0, "/absolute"));
    assertFails("ENOENT", () -> guest.run(AttributeDescriptors.CHOWN, 1, 1, "/evil"));
    assertFails("ENOENT", () -> guest.call(ExtendedAttributeDescriptors.GETXATTRS, "/evil"));
  }

  @Test
  void statusHasAllFields() throws IOException {
    Path file = Files.write(guest.path("/file"), new byte[5000]);
    Files.createLink(guest.path("/second"), file);
    Files.createSymbolicLink(guest.path("/link"), Path.of("file"));
    Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1_234_567, 890_000)));

    StatNS status = guest.call(AttributeDescriptors.STATNS, "/link");

    assertThat(status.stDev()).isEqualTo(number(file, "dev"));
    assertThat(status.stIno()).isEqualTo(number(file, "ino"));
    assertThat(status.stMode()).isEqualTo(number(file, "mode"));
    assertThat(status.stNlink()).isEqualTo(2);
    assertThat(status.stUid()).isEqualTo(number(file, "uid"));
    assertThat(status.stGid()).isEqualTo(number(file, "gid"));
    assertThat(status.stRdev()).isZero();
    assertThat(status.stSize()).isEqualTo(5000);
    assertThat(status.stBlksize()).isPositive();
    assertThat(status.stBlocks()).isPositive();
    assertThat(status.stMtimeSec()).isEqualTo(1_234_567);
    assertThat(status.stMtimeNsec()).isEqualTo(890_000);
    assertThat(status.stAtimeSec()).isGreaterThan(1_234_567);
    assertThat(Instant.ofEpochSecond(status.stCtimeSec(), status.stCtimeNsec()))
        .isEqualTo(((FileTime) attribute(file, "ctime")).toInstant());
    assertThat(guest.call(AttributeDescriptors.FILESIZE, "/link")).isEqualTo(5000);
    Stat old = guest.call(RetiredDescriptors.STAT, "/link");
    assertThat(old.ino()).isEqualTo(status.stIno());
    assertThat(old.mtime()).isEqualTo(1_234_567);
    assertThat(old.size()).isEqualTo(5000);
  }

  @Test
  void aLinkHasAStatusOfItsOwn() throws IOException {
    Files.createSymbolicLink(guest.path("/link"), Path.of("nowhere"));
    long mode = number(guest.path("/link"), "mode");

    assertThat(guest.call(AttributeDescriptors.LSTATNS, "/link").stMode()).isEqualTo(mode);
    assertThat(guest.call(RetiredDescriptors.LSTAT, "/link").mode()).isEqualTo(mode);
    assertFails("ENOENT", () -> guest.call(AttributeDescriptors.STATNS, "/link"));
    assertFails("ENOENT", () -> guest.call(RetiredDescriptors.STAT, "/link"));
    assertFails("ENOENT", () -> guest.call(AttributeDescriptors.LSTATNS, "/nothing"));
  }

  @Test
  void aListOfStatusesHasGaps() throws IOException {
    Files.writeString(guest.path("/a"), "text");
    Files.createSymbolicLink(guest.path("/link"), Path.of("a"));
    List<String> names = List.of("a", "nothing", "link", "x".repeat(300), "\udcff");

    List<StatNS> list = guest.call(InternalDescriptors.INTERNAL_LSTATNSLIST, "/", names);

    assertThat(list).hasSize(5);
    assertThat(list.get(0)).isEqualTo(guest.call(AttributeDescriptors.STATNS, "/a"));
    assertThat(list.get(2)).isEqualTo(guest.call(AttributeDescriptors.LSTATNS, "/link"));
    assertThat(List.of(list.get(1), list.get(3), list.get(4)))
        .allSatisfy(absent -> assertThat(absent.stIno()).isEqualTo(-1));
  }

  @Test
  void aListOfStatusesTakesNamesOnly() {
    List<String> path = List.of("../secret");

    assertFails("EINVAL", () -> guest.call(InternalDescriptors.INTERNAL_LSTATNSLIST, "/", path));
    assertFails(
        "ENOENT", () -> guest.call(InternalDescriptors.INTERNAL_LSTATNSLIST, "/no", List.of()));
    assertThat(guest.call(InternalDescriptors.INTERNAL_LSTATNSLIST, "/", List.of())).isEmpty();
  }

  @Test
  void aListOfMoreStatusesThanAMessageHoldsTakesNoMemory() {
    List<String> many = Collections.nCopies(100_000, "a");

    assertFails("E2BIG", () -> guest.call(InternalDescriptors.INTERNAL_LSTATNSLIST, "/", many))
        .hasMessageContaining("the status of 100000 files");
  }

  @Test
  void extendedAttributesAreSorted() throws IOException {
    Path file = Files.writeString(guest.path("/file"), "");
    Files.createSymbolicLink(guest.path("/link"), Path.of("file"));
    UserDefinedFileAttributeView view =
        Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
    assumeTrue(
        Files.getFileStore(file).supportsFileAttributeView("user"),
        "the file system of the test has no extended attributes");
    view.write("b", ByteBuffer.wrap(new byte[] {0, 1, (byte) 0xff}));
    view.write("a", ByteBuffer.wrap("value".getBytes(UTF_8)));
    view.write("WofCompressedData", ByteBuffer.wrap("hidden".getBytes(UTF_8)));

    List<XAttr> attributes = guest.call(ExtendedAttributeDescriptors.GETXATTRS, "/link");

    assertThat(attributes).extracting(XAttr::attrname).containsExactly("user.a", "user.b");
    assertThat(attributes.get(0).attrval()).asString().isEqualTo("value");
    assertThat(attributes.get(1).attrval()).containsExactly(0, 1, 0xff);
    assertThat(guest.call(ExtendedAttributeDescriptors.GETXATTRS, "/")).isEmpty();
  }

  @Test
  void theUmaskIsThatOfNewFiles() {
    assertThat(guest.call(AttributeDescriptors.GET_UMASK)).isEqualTo(0022);
    assertThat(guest.call(AttributeDescriptors.GET_UMASK)).isEqualTo(0022);
    assertThat(guest.call(AttributeDescriptors.UMASK, 0077)).isEqualTo(0022);
    guest.run(FileDescriptors.TOUCH, "/private");
    assertThat(guest.call(AttributeDescriptors.UMASK, 0)).isEqualTo(0077);
    guest.run(FileDescriptors.TOUCH, "/public");

    assertThat(guest.call(AttributeDescriptors.STATNS, "/private").stMode()).isEqualTo(0100600);
    assertThat(guest.call(AttributeDescriptors.STATNS, "/public").stMode()).isEqualTo(0100666);
    assertFails("EINVAL", () -> guest.call(AttributeDescriptors.UMASK, 01000));
    assertFails("EINVAL", () -> guest.call(AttributeDescriptors.UMASK, -1));
    assertThat(guest.call(AttributeDescriptors.UMASK, 0777)).isZero();
  }

  private static long number(Path file, String name) throws IOException {
    return ((Number) attribute(file, name)).longValue();
  }

  private static Object attribute(Path file, String name) throws IOException {
    return Objects.requireNonNull(
        Files.getAttribute(file, "unix:" + name, LinkOption.NOFOLLOW_LINKS));
  }
}
