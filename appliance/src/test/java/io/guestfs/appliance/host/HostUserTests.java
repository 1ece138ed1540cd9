package io.guestfs.appliance.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.guestfs.appliance.ApplianceConfigurationException;
import io.guestfs.appliance.host.HostUser.Access;
import io.guestfs.appliance.host.HostUser.Need;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HostUserTests {

  private static final int ROOT = 0;

  @TempDir Path directory;

  @Test
  void onlyRootRunsQemuAsAnother() {
    assertThatThrownBy(() -> HostUser.of("nobody", 1000))
        .isInstanceOf(ApplianceConfigurationException.class)
        .hasMessageContainingAll("only root", "nobody", "1000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-such-user", "2123456789", "", "--help", "a:b"})
  void thereIsNoSuchUser(String name) {
    assertThatThrownBy(() -> HostUser.of(name, ROOT))
        .isInstanceOf(ApplianceConfigurationException.class)
        .hasMessageContaining("there is no user " + name);
  }

  @Test
  void everythingIsAllowedToUsThatIsAllowedToUs() throws IOException {
    HostUser ours = HostUser.of(null);
    assertThat(ours.isOurs()).isTrue();
    assertThat(ours.launcher()).containsExactly("setpriv", "--no-new-privs", "--");
    ours.require(List.of(new Need(Access.READ, directory.resolve("missing"))));
    Path file = open("file", "rw-r-----");
    ours.give(file);
    assertThat(permissions(file)).isEqualTo("rw-r-----");
  }

  @Test
  void whatAnotherUserLacksIsNamed() throws IOException {
    HostUser nobody = nobody();
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    Need readable = new Need(Access.READ, open("with a blank", "r--r--r--"));
    Need secret = new Need(Access.READ, open("secret", "rw-------"));
    Need writable = new Need(Access.WRITE, open("writable", "rw-rw-rw-"));
    nobody.require(List.of(readable, writable));
    assertThat(nobody.lacks(List.of(readable, secret, writable))).contains(secret);
    assertThatThrownBy(() -> nobody.require(List.of(secret)))
        .isInstanceOf(ApplianceConfigurationException.class)
        .hasMessageContaining("user nobody, who may not read " + secret.file());
    assertThatThrownBy(() -> nobody.require(List.of(new Need(Access.WRITE, readable.file()))))
        .hasMessageContaining("write to " + readable.file());

    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    assertThat(nobody.lacks(List.of(readable))).contains(readable);
    assertThatThrownBy(() -> nobody.require(List.of(new Need(Access.ENTER, directory))))
        .hasMessageContaining("enter " + directory);
  }

  @Test
  void anotherUserGetsFilesAndFindsThemButCannotReplaceThem() throws IOException {
    HostUser nobody = nobody();
    Path place = Files.createDirectory(directory.resolve("place"));
    Path file = Files.createFile(place.resolve("file"));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    nobody.admitTo(place);
    nobody.give(file);
    assertThat(permissions(place)).isEqualTo("rwx--x---");
    assertThat(permissions(file)).isEqualTo("rw-------");
    nobody.require(
        List.of(
            new Need(Access.ENTER, place),
            new Need(Access.READ, file),
            new Need(Access.WRITE, file)));
    assertThat(nobody.lacks(List.of(new Need(Access.READ, place)))).isPresent();
    assertThat(nobody.lacks(List.of(new Need(Access.WRITE, place)))).isPresent();
  }

  /** Files can be given away by root only. */
  private static HostUser nobody() throws IOException {
    assumeThat(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))
        .as("the user of this process")
        .isEqualTo(ROOT);
    return HostUser.of("nobody");
  }

  private Path open(String name, String permissions) throws IOException {
    Path file = Files.createFile(directory.resolve(name));
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
