package io.guestfs.daemon.handler;

import static io.guestfs.daemon.handler.ServedGuest.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.calls.wire.AttributeDescriptors;
import io.guestfs.calls.wire.CopyFileDescriptors;
import io.guestfs.calls.wire.FileDescriptors;
import io.guestfs.calls.wire.LinkDescriptors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(120)
class CopyFileHandlerTests {
  @RegisterExtension final ServedGuest guest = new ServedGuest();

  @BeforeEach
  void tree() throws IOException {
    Root.assume("only root changes the root directory of a process");
    Files.createDirectories(guest.path("/dir/-sub"));
    Files.writeString(guest.path("/dir/-sub/\nfile"), "text");
    Files.setLastModifiedTime(guest.path("/dir/-sub/\nfile"), FileTime.fromMillis(0));
    guest.run(LinkDescriptors.LN_S, "-sub/\nfile", "/dir/link");
    guest.run(AttributeDescriptors.CHOWN, 12, 34, "/dir/-sub/\nfile");
  }

  @Test
  void cpCopiesAFileToANameOrIntoADirectory() {
    guest.run(CopyFileDescriptors.CP, "/dir/link", "/copy");
    guest.run(CopyFileDescriptors.CP, "/dir/link", "/dir/-sub");

    assertThat(guest.path("/copy")).hasContent("text").isRegularFile();
    assertThat(guest.path("/dir/-sub/link")).hasContent("text");
  }

  @Test
  void cpAKeepsEverything() {
    guest.run(CopyFileDescriptors.CP_A, "/dir", "/copy");

    var status = guest.call(AttributeDescriptors.STATNS, "/copy/-sub/\nfile");
    assertThat(status.stMtimeSec()).isZero();
    assertThat(status.stUid()).isEqualTo(12);
    assertThat(status.stGid()).isEqualTo(34);
    assertThat(Files.isSymbolicLink(guest.path("/copy/link"))).isTrue();
  }

  @Test
  void cpRMakesNewFiles() throws IOException {
    Files.createDirectory(guest.path("/into"));

    guest.run(CopyFileDescriptors.CP_R, "/dir", "/into");

    var status = guest.call(AttributeDescriptors.STATNS, "/into/dir/-sub/\nfile");
    assertThat(status.stMtimeSec()).isPositive();
    assertThat(status.stUid()).isZero();
    assertThat(guest.path("/into/dir/link")).hasContent("text");
  }

  @Test
  void mvMovesAndReplaces() throws IOException {
    Files.writeString(guest.path("/old"), "old");
    Files.writeString(guest.path("/new"), "new");

    guest.run(CopyFileDescriptors.MV, "/old", "/new");
    guest.run(CopyFileDescriptors.MV, "/new", "/dir");

    assertThat(guest.path("/old")).doesNotExist();
    assertThat(guest.path("/dir/new")).hasContent("old");
  }

  @Test
  void renameTakesNamesAsTheyAre() throws IOException {
    Files.writeString(guest.path("/a\nb"), "new");
    Files.createDirectory(guest.path("/empty"));

    guest.run(CopyFileDescriptors.RENAME, "/a\nb", "/dir/link");
    guest.run(CopyFileDescriptors.RENAME, "/dir/-sub", "/empty");

    assertThat(guest.path("/dir/link")).hasContent("new");
    assertThat(guest.path("/empty/\nfile")).hasContent("text");
    assertFails("EISDIR", () -> rename("/dir/link", "/empty"));
    assertFails("ENOTEMPTY", () -> rename("/empty", "/dir"));
    assertFails("ENOENT", () -> rename("/nothing", "/x"));
    assertFails("EBUSY", () -> rename("/dir", "/"));
    assertFails("EINVAL", () -> rename("/dir", "/dir/below"));
  }

  @Test
  void errorsAreThoseOfTheProgramOrOfTheKernel() {
    assertFails("ENOENT", () -> guest.run(CopyFileDescriptors.CP, "/nothing", "/x"));
    assertFails("ENOENT", () -> guest.run(CopyFileDescriptors.MV, "/dir/-sub/x", "/x"));
    assertThatThrownBy(() -> guest.run(CopyFileDescriptors.CP, "/dir", "/x"))
        .hasMessageContaining("/dir");
    assertThatThrownBy(() -> guest.run(CopyFileDescriptors.CP_A, "/dir", "/no/x"))
        .hasMessageContaining("/no/x");
  }

  @Test
  void linksDoNotLeadOut() {
    guest.run(LinkDescriptors.LN_S, guest.outside("secret").toString(), "/absolute");
    guest.run(LinkDescriptors.LN_S, "../..", "/up");

    assertThatThrownBy(() -> guest.run(CopyFileDescriptors.CP, "/absolute", "/x"))
        .isInstanceOf(CallFailedException.class);
    guest.run(CopyFileDescriptors.CP, "/dir/link", "/up/copy");
    guest.run(CopyFileDescriptors.MV, "/up/copy", "/up/moved");
    guest.run(FileDescriptors.RM_F, "/up/up/moved");

    assertThat(guest.outside(".").toFile().list())
        .containsExactlyInAnyOrder("root", "secret", "port");
    assertThat(guest.root().toFile().list()).containsExactlyInAnyOrder("dir", "absolute", "up");
  }

  private void rename(String from, String to) {
    guest.run(CopyFileDescriptors.RENAME, from, to);
  }
}
