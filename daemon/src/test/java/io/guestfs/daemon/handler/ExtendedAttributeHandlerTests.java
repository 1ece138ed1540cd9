package io.guestfs.daemon.handler;

import static io.guestfs.daemon.handler.ServedGuest.assertFails;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.guestfs.calls.CopyAttributesOptions;
import io.guestfs.calls.XAttr;
import io.guestfs.calls.wire.AttributeDescriptors;
import io.guestfs.calls.wire.CopyFileDescriptors;
import io.guestfs.calls.wire.ExtendedAttributeDescriptors;
import io.guestfs.calls.wire.InternalDescriptors;
import io.guestfs.calls.wire.LinkDescriptors;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class ExtendedAttributeHandlerTests {
  @RegisterExtension final ServedGuest guest = new ServedGuest();

  @BeforeEach
  void fileAndLink() throws IOException {
    assumeTrue(
        Files.getFileStore(guest.root()).supportsFileAttributeView("user"),
        "the file system of the test has no extended attributes");
    Files.writeString(guest.path("/file"), "");
    guest.run(LinkDescriptors.LN_S, "file", "/link");
  }

  @Test
  void attributesAreSetThroughLinks() {
    guest.run(ExtendedAttributeDescriptors.SETXATTR, "user.a", "value and more", 5, "/link");
    guest.run(ExtendedAttributeDescriptors.SETXATTR, "user.empty", "", 0, "/file");
    guest.run(ExtendedAttributeDescriptors.SETXATTR, "user.bytes", "\udcff\udc80", 2, "/file");

    assertThat(get("/file", "user.a")).asString().isEqualTo("value");
    assertThat(get("/link", "user.empty")).isEmpty();
    assertThat(get("/link", "user.bytes")).containsExactly(0xff, 0x80);
    assertThat(guest.call(ExtendedAttributeDescriptors.LGETXATTR, "/file", "user.a"))
        .asString()
        .isEqualTo("value");

    guest.run(ExtendedAttributeDescriptors.REMOVEXATTR, "user.a", "/link");
    guest.run(ExtendedAttributeDescriptors.LREMOVEXATTR, "user.bytes", "/file");

    assertThat(guest.call(ExtendedAttributeDescriptors.LGETXATTRS, "/file"))
        .extracting(XAttr::attrname)
        .containsExactly("user.empty");
  }

  @Test
  void aLinkHasAttributesOfItsOwn() {
    Root.assume("only root sets trusted attributes");
    guest.run(ExtendedAttributeDescriptors.LSETXATTR, "trusted.l", "link", 4, "/link");
    guest.run(ExtendedAttributeDescriptors.SETXATTR, "trusted.f", "file", 4, "/link");

    assertThat(guest.call(ExtendedAttributeDescriptors.LGETXATTRS, "/link"))
        .extracting(XAttr::attrname)
        .containsExactly("trusted.l");
    assertThat(guest.call(ExtendedAttributeDescriptors.GETXATTRS, "/link"))
        .extracting(XAttr::attrname)
        .containsExactly("trusted.f");
    assertThat(guest.call(ExtendedAttributeDescriptors.LGETXATTR, "/link", "trusted.l"))
        .asString()
        .isEqualTo("link");
    assertFails("EPERM", () -> set("lsetxattr", "user.l", "/link"));
    guest.run(ExtendedAttributeDescriptors.LREMOVEXATTR, "trusted.l", "/link");
    assertThat(guest.call(ExtendedAttributeDescriptors.LGETXATTRS, "/link")).isEmpty();
  }

  @Test
  void whatIsMissingOrWrongIsAnError() {
    assertFails("ENODATA", () -> get("/file", "user.none"));
    assertFails(
        "ENODATA", () -> guest.run(ExtendedAttributeDescriptors.REMOVEXATTR, "user.none", "/file"));
    assertFails("ENOENT", () -> get("/nothing", "user.none"));
    assertFails("ENOTSUP", () -> set("setxattr", "nospace", "/file"));
    assertFails(
        "EINVAL",
        () -> guest.run(ExtendedAttributeDescriptors.SETXATTR, "user.a", "abc", 4, "/file"));
    assertFails(
        "EINVAL",
        () -> guest.run(ExtendedAttributeDescriptors.SETXATTR, "user.a", "abc", -1, "/file"));
  }

  @Test
  void aListOfAttributesCountsThoseOfEachFile() {
    guest.run(ExtendedAttributeDescriptors.SETXATTR, "user.b", "2", 1, "/file");
    guest.run(ExtendedAttributeDescriptors.SETXATTR, "user.a", "1", 1, "/file");

    List<XAttr> list =
        guest.call(
            InternalDescriptors.INTERNAL_LXATTRLIST,
            "/",
            List.of("file", "nothing", "link", "file"));

    assertThat(list)
        .extracting(each -> each.attrname() + "=" + new String(each.attrval(), UTF_8))
        .containsExactly(
            "=2\0", "user.a=1", "user.b=2", "=", "=0\0", "=2\0", "user.a=1", "user.b=2");
    assertFails(
        "EINVAL",
        () -> guest.call(InternalDescriptors.INTERNAL_LXATTRLIST, "/", List.of("../secret")));
  }

  @Test
  void attributesAreCopiedAsTheOptionsSay() throws IOException {
    Root.assume("only root gives files away");
    Files.writeString(guest.path("/to"), "");
    guest.run(AttributeDescriptors.CHOWN, 12, 34, "/file");
    guest.run(AttributeDescriptors.CHMOD, 06751, "/file");
    guest.run(ExtendedAttributeDescriptors.SETXATTR, "user.a", "1", 1, "/file");
    guest.run(ExtendedAttributeDescriptors.SETXATTR, "user.kept", "1", 1, "/to");
    CopyAttributesOptions none = CopyAttributesOptions.defaults();

    guest.run(CopyFileDescriptors.COPY_ATTRIBUTES, "/file", "/to");
    assertThat(describe("/to")).isEqualTo("100644 0:0 [user.kept]");
    copyAttributes(none.mode(true));
    assertThat(describe("/to")).isEqualTo("106751 0:0 [user.kept]");
    copyAttributes(none.xattributes(true));
    assertThat(describe("/to")).isEqualTo("106751 0:0 [user.a, user.kept]");
    guest.run(AttributeDescriptors.CHMOD, 0, "/to");
    copyAttributes(none.all(true).mode(false));
    assertThat(describe("/to")).isEqualTo("106751 12:34 [user.a, user.kept]");
    assertFails("ENOENT", () -> guest.run(CopyFileDescriptors.COPY_ATTRIBUTES, "/nothing", "/to"));
    assertFails(
        "ENOENT", () -> guest.run(CopyFileDescriptors.COPY_ATTRIBUTES, "/file", "/nothing"));
  }

  @Test
  void ownersAreCopiedAlone() throws IOException {
    Root.assume("only root gives files away");
    Files.writeString(guest.path("/to"), "");
    guest.run(AttributeDescriptors.CHOWN, 12, 34, "/file");
    guest.run(AttributeDescriptors.CHMOD, 0600, "/file");

    copyAttributes(CopyAttributesOptions.defaults().ownership(true));

    assertThat(describe("/to")).isEqualTo("100644 12:34 []");
  }

  private void copyAttributes(CopyAttributesOptions options) {
    assertThat(
            guest
                .library()
                .call(CopyFileDescriptors.COPY_ATTRIBUTES, options, new Object[] {"/file", "/to"}))
        .isNull();
  }

  private String describe(String path) {
    var status = guest.call(AttributeDescriptors.STATNS, path);
    List<String> names =
        guest.call(ExtendedAttributeDescriptors.GETXATTRS, path).stream()
            .map(XAttr::attrname)
            .toList();
    return "%o %d:%d %s".formatted(status.stMode(), status.stUid(), status.stGid(), names);
  }

  private byte[] get(String path, String name) {
    return guest.call(ExtendedAttributeDescriptors.GETXATTR, path, name);
  }

  private void set(String call, String name, String path) {
    guest.run(
        call.startsWith("l")
            ? ExtendedAttributeDescriptors.LSETXATTR
            : ExtendedAttributeDescriptors.SETXATTR,
        name,
        "x",
        1,
        path);
  }
}
