package io.guestfs.daemon.handler;

import static io.guestfs.daemon.handler.ServedGuest.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.calls.wire.AclDescriptors;
import io.guestfs.calls.wire.AttributeDescriptors;
import io.guestfs.calls.wire.LinkDescriptors;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class AclHandlerTests {
  @RegisterExtension final ServedGuest guest = new ServedGuest();

  @BeforeEach
  void files() throws IOException {
    Files.writeString(guest.path("/file"), "");
    Files.createDirectory(guest.path("/dir"));
    guest.run(LinkDescriptors.LN_S, "file", "/link");
  }

  @Test
  void withoutAListThePermissionsAreOne() {
    assertThat(guest.call(AclDescriptors.ACL_GET_FILE, "/file", "access"))
        .isEqualTo("user::rw-\ngroup::r--\nother::r--\n");
    assertThat(guest.call(AclDescriptors.ACL_GET_FILE, "/dir", "default")).isEmpty();
  }

  @Test
  void aListIsSetThroughALink() {
    set("/link", "access", "u::r-x,g::r-x,o::r-x,m::rwx,u:500:rw,g:600:x");

    assertThat(guest.call(AclDescriptors.ACL_GET_FILE, "/file", "access"))
        .isEqualTo("user::r-x\nuser:500:rw-\ngroup::r-x\ngroup:600:--x\nmask::rwx\nother::r-x\n");
  }

  @Test
  void theShortestListIsThePermissions() {
    set("/file", "access", "user::rwx\ngroup::r-x\nother::---\n");

    assertThat(guest.call(AttributeDescriptors.STATNS, "/file").stMode()).isEqualTo(0100750);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "u::r-x,g::r-x,o::r-x,u:500:rw,g:600:x",
        "u::r-x,g::r-x,o::r-x,m::rwx,u:notauser:rw",
        "u::r-x",
        "nonsense"
      })
  void aListThatIsNotCompleteIsRefused(String acl) {
    assertFails("EINVAL", () -> set("/file", "access", acl));
  }

  @Test
  void directoriesHaveADefaultList() {
    set("/dir", "default", "u::r-x,g::r-x,o::r-x");
    assertThat(guest.call(AclDescriptors.ACL_GET_FILE, "/dir", "default"))
        .isEqualTo("user::r-x\ngroup::r-x\nother::r-x\n");

    guest.run(AclDescriptors.ACL_DELETE_DEF_FILE, "/dir");
    guest.run(AclDescriptors.ACL_DELETE_DEF_FILE, "/dir");

    assertThat(guest.call(AclDescriptors.ACL_GET_FILE, "/dir", "default")).isEmpty();
    assertFails("EACCES", () -> set("/file", "default", "u::r-x,g::r-x,o::r-x"));
  }

  @Test
  void kindsAndPathsAreChecked() {
    assertFails("EINVAL", () -> set("/file", "nfs4", "u::r-x,g::r-x,o::r-x"));
    assertFails("EINVAL", () -> guest.call(AclDescriptors.ACL_GET_FILE, "/file", "Access"));
    assertFails("ENOENT", () -> guest.call(AclDescriptors.ACL_GET_FILE, "/nothing", "access"));
    guest.run(LinkDescriptors.LN_S, "../secret", "/out");
    assertFails("ENOENT", () -> set("/out", "access", "u::r-x,g::r-x,o::r-x"));
  }

  private void set(String path, String type, String acl) {
    guest.run(AclDescriptors.ACL_SET_FILE, path, type, acl);
  }
}
