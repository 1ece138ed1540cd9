package io.guestfs.daemon.handler;

import static io.guestfs.daemon.handler.ServedGuest.assertFails;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.calls.wire.CommandDescriptors;
import io.guestfs.calls.wire.FileDescriptors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The guest has the shell of this machine, with its libraries, and nothing else. */
@Timeout(60)
class CommandHandlerTests {
  private static final Pattern PATH = Pattern.compile("/\\S+");

  @RegisterExtension final ServedGuest guest = new ServedGuest();

  @BeforeEach
  void giveTheGuestAShell() throws Exception {
    Root.assume("only root changes the root directory of a process");
    copy("/bin/sh");
    Process ldd = new ProcessBuilder("ldd", "/bin/sh").start();
    Matcher libraries = PATH.matcher(new String(ldd.getInputStream().readAllBytes(), UTF_8));
    while (libraries.find()) {
      copy(libraries.group());
    }
    for (String folder : List.of("/dev", "/proc", "/sys")) {
      Files.createDirectory(guest.path(folder));
    }
  }

  private void copy(String file) throws IOException {
    Path target = guest.path(file);
    Files.createDirectories(target.getParent());
    Files.copy(Path.of(file), target);
  }

  @Test
  void outputComesBackAsItIs() {
    assertThat(sh("echo hello")).isEqualTo("hello\n");
    assertThat(sh("printf 'a\\n\\n\\377'")).isEqualTo("a\n\n\udcff");
    assertThat(sh("")).isEmpty();
    assertThat(command("sh", "-c", "echo \"$0-$1\"", "a b", "*")).isEqualTo("a b-*\n");
  }

  @Test
  void outputMayBeCutIntoLines() {
    assertThat(shLines("")).isEmpty();
    assertThat(shLines("echo one; echo; echo two")).containsExactly("one", "", "two");
    assertThat(shLines("printf 'a\\n\\n\\nb'")).containsExactly("a", "", "", "b");
    assertThat(shLines("printf '\\n\\n'")).containsExactly("", "");
    assertThat(shLines("printf 'a\\r\\n'")).containsExactly("a\r");
    assertThat(guest.call(CommandDescriptors.COMMAND_LINES, List.of("sh", "-c", "echo a; echo b")))
        .containsExactly("a", "b");
    assertFails("EINVAL", () -> shLines("printf 'a\\000b'")).hasMessageContaining("NUL");
    assertFails("EINVAL", () -> guest.call(CommandDescriptors.COMMAND_LINES, List.of()));
  }

  @Test
  void outputMayBeStreamed() {
    String text = "0123456789".repeat(50);

    assertThat(shOut("printf 'a\\000\\377'")).containsExactly('a', 0, 0xff);
    assertThat(shOut("i=0; while [ $i -lt 10000 ]; do echo " + text + "; i=$((i + 1)); done"))
        .hasSize(10_000 * (text.length() + 1));
    assertThat(commandOut("sh", "-c", "echo $0", "-x")).asString().isEqualTo("-x\n");
    assertThat(shOut("exit 0")).isEmpty();
  }

  @Test
  void aStreamFailsAsWell() {
    assertFails("", () -> shOut("echo it broke >&2; exit 3")).hasMessageContaining("it broke");
    assertFails("", () -> shOut("echo some; echo it broke >&2; exit 3"))
        .hasMessageContaining("broken off");
    assertFails("ENOENT", () -> commandOut("nothing"));
    assertFails("EINVAL", () -> commandOut());
  }

  @Test
  void theGuestIsAllThatIsSeen() throws IOException {
    Files.writeString(guest.path("/inside"), "text");

    assertThat(sh("read word < /inside; echo $word; pwd")).isEqualTo("text\n/\n");
    assertThat(sh("cd ../../..; for f in *; do echo $f; done")).doesNotContain("secret");
    assertThat(sh("[ -e " + guest.outside("secret") + " ] || echo absent")).isEqualTo("absent\n");
  }

  @Test
  void whatTheKernelShowsIsThere() {
    assertThat(sh("echo > /dev/null && [ -e /proc/self/status ] && [ -d /sys/kernel ] && echo all"))
        .isEqualTo("all\n");
  }

  @Test
  void nothingIsMountedAfterwards() throws IOException {
    String before = Files.readString(Path.of("/proc/self/mounts"));

    sh("echo done");
    assertFails("", () -> sh("exit 1"));
    assertFails("ENOENT", () -> command("nothing"));

    assertThat(Files.readString(Path.of("/proc/self/mounts"))).isEqualTo(before);
    assertThat(guest.path("/proc")).isEmptyDirectory();
    assertThat(guest.path("/dev")).isEmptyDirectory();
    guest.run(FileDescriptors.RM_RF, "/sys");
  }

  @Test
  void aGuestNeedNotHaveTheFolders() throws IOException {
    Files.delete(guest.path("/dev"));
    Files.delete(guest.path("/proc"));
    Files.delete(guest.path("/sys"));
    Files.createSymbolicLink(guest.path("/proc"), Path.of("../../../../proc"));
    Files.writeString(guest.path("/sys"), "");

    assertThat(sh("echo still")).isEqualTo("still\n");
  }

  @Test
  void aFailureSaysWhatTheProgramSaid() {
    assertFails("", () -> sh("echo out; echo it broke >&2; exit 3"))
        .hasMessageContaining("it broke");
    assertFails("", () -> sh("exit 3")).hasMessageContaining("status 3");
    assertThat(sh("echo warning >&2; echo fine")).isEqualTo("fine\n");
  }

  @Test
  void aProgramHasToBeThere() throws IOException {
    Files.writeString(guest.path("/text"), "no program");

    assertFails("ENOENT", () -> command("nothing")).hasMessageContaining("nothing");
    assertFails("ENOENT", () -> command("/no/thing")).hasMessageContaining("/no/thing");
    assertFails("EACCES", () -> command("/text"));
    assertFails("EINVAL", () -> guest.call(CommandDescriptors.COMMAND, List.of()));
  }

  /** Else it would keep the file systems of the guest busy for ever. */
  @Test
  void nothingIsLeftRunning() throws IOException {
    assertThat(sh("while :; do :; done >/dev/null 2>&1 & echo $!")).isNotBlank();
    assertThat(sh("(set -m; while :; do :; done) >/dev/null 2>&1 & echo $!")).isNotBlank();

    assertThat(ProcessHandle.allProcesses().map(CommandHandlerTests::rootOf))
        .doesNotContain(guest.root().toString());
  }

  @Test
  void outputIsBounded() {
    assertFails(
            "E2BIG", () -> sh("while :; do echo 0123456789012345678901234567890123456789; done"))
        .hasMessageContaining("limit");
    assertThat(sh("echo alive")).isEqualTo("alive\n");
  }

  private static String rootOf(ProcessHandle process) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/root")).toString();
    } catch (IOException e) {
      return "";
    }
  }

  private String sh(String line) {
    return guest.call(CommandDescriptors.SH, line);
  }

  private List<String> shLines(String line) {
    return guest.call(CommandDescriptors.SH_LINES, line);
  }

  private byte[] shOut(String line) {
    return guest.library().download(CommandDescriptors.SH_OUT, null, line);
  }

  private byte[] commandOut(String... words) {
    return guest.library().download(CommandDescriptors.COMMAND_OUT, null, List.of(words));
  }

  private String command(String... words) {
    return guest.call(CommandDescriptors.COMMAND, List.of(words));
  }
}
