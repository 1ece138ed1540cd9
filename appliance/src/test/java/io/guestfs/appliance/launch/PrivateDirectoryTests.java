package io.guestfs.appliance.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.appliance.ApplianceLaunchException;
import io.guestfs.appliance.host.HostUser;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateDirectoryTests {

  @TempDir Path parent;

  @Test
  void isForItsOwnerOnlyAndItsNameIsShort() throws IOException {
    PrivateDirectory made = PrivateDirectory.create(parent, HostUser.ours());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made.path())))
        .isEqualTo("rwx------");
    String name = "/" + made.path().getFileName();
    assertThat(name.getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThanOrEqualTo(PrivateDirectory.MAX_NAME);
    made.delete();
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void deletingTwiceIsDeletingOnce() throws IOException {
    PrivateDirectory made = PrivateDirectory.create(parent, HostUser.ours());
    Files.writeString(made.path().resolve("file"), "content");
    made.delete();
    made.delete();
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void sweepsWhatTheDeadLeft() throws IOException {
    Path dead = Files.createDirectory(parent.resolve("reactor-guestfs-1-abc-def"));
    Files.createFile(dead.resolve("lock"));
    Files.createDirectories(dead.resolve("below/it"));
    PrivateDirectory.create(parent, HostUser.ours()).delete();
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void leavesToAnotherThreadWhatThatIsSweeping() throws IOException {
    Path dead = Files.createDirectory(parent.resolve("reactor-guestfs-1-abc-def"));
    try (FileChannel sweeper =
        FileChannel.open(
            dead.resolve("lock"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      sweeper.lock();
      PrivateDirectory.create(parent, HostUser.ours()).delete();
      assertThat(dead).exists();
    }
  }

  @Test
  void sweepsWhatWasNeverFinished() throws IOException {
    Path old = Files.createDirectory(parent.resolve("reactor-guestfs-1-abc-def"));
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(120)));
    Path fresh = Files.createDirectory(parent.resolve("reactor-guestfs-2-abc-def"));
    PrivateDirectory.create(parent, HostUser.ours()).delete();
    assertThat(parent).isDirectoryContaining(fresh::equals);
    assertThat(old).doesNotExist();
  }

  @Test
  void leavesItsOwnAndOthersAlone() throws IOException {
    PrivateDirectory mine = PrivateDirectory.create(parent, HostUser.ours());
    Path other = Files.createDirectory(parent.resolve("somebody-elses"));
    PrivateDirectory second = PrivateDirectory.create(parent, HostUser.ours());
    assertThat(mine.path()).exists();
    assertThat(other).exists();
    mine.delete();
    second.delete();
  }

  @Test
  void doesNotFollowLinks() throws IOException {
    Path precious = Files.writeString(parent.resolve("precious"), "content");
    Path dead = Files.createDirectory(parent.resolve("reactor-guestfs-1-abc-def"));
    Files.createFile(dead.resolve("lock"));
    Files.createSymbolicLink(dead.resolve("link"), precious);
    Files.createSymbolicLink(parent.resolve("reactor-guestfs-3-abc-def"), parent);
    PrivateDirectory.create(parent, HostUser.ours()).delete();
    assertThat(precious).hasContent("content");
    assertThat(dead).doesNotExist();
  }

  @Test
  void saysWhereItCannotBeMade() {
    Path nowhere = parent.resolve("nowhere");
    assertThatThrownBy(() -> PrivateDirectory.create(nowhere, HostUser.ours()))
        .isInstanceOf(ApplianceLaunchException.class)
        .hasMessageContaining(nowhere.toString());
  }

  @Test
  void socketsGoWhereTheirNamesFit() throws IOException {
    Path deep = Files.createDirectories(parent.resolve("x".repeat(60)).resolve("y".repeat(60)));
    assertThat(MachineFiles.socketPlace(deep)).isEqualTo(Path.of("/tmp"));
    assertThat(MachineFiles.socketPlace(null)).isEqualTo(Path.of("/tmp"));
    assertThat(MachineFiles.socketPlace(parent.resolve("absent"))).isEqualTo(Path.of("/tmp"));
    Path shallow = Path.of("/var/tmp");
    assertThat(MachineFiles.socketPlace(shallow)).isEqualTo(shallow);
  }
}
