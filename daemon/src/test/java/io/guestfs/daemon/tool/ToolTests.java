package io.guestfs.daemon.tool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.Directory;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.linux.OpenFlags;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ToolTests {
  @Test
  void returnsWhatTheProgramWrote() {
    assertThat(Tool.of("echo", "one", "two words", "$HOME *").run())
        .isEqualTo("one two words $HOME *\n");
  }

  @Test
  void argumentsMayBeAnyBytes() {
    assertThat(Tool.of("printf", "%s", "\udce4\udcff\n").run()).isEqualTo("\udce4\udcff\n");
    assertThatThrownBy(() -> Tool.of("echo", "a\0b").run())
        .isInstanceOfSatisfying(
            CallException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL));
  }

  @Test
  void theProgramsOwnWordsBecomeTheError() {
    assertThatThrownBy(() -> Tool.of("sh", "-c", "echo it broke >&2; exit 3").run())
        .isInstanceOf(CallException.class)
        .hasMessage("sh: it broke");
    assertThatThrownBy(() -> Tool.of("false").run()).hasMessage("false: exited with status 1");
    assertThatThrownBy(() -> Tool.of("sh", "-c", "kill -9 $$").run())
        .hasMessage("sh: was killed by signal 9");
  }

  @Test
  void theCallerMayJudgeTheStatus() {
    ToolResult result = Tool.of("sh", "-c", "echo out; echo err >&2; exit 2").attempt();

    assertThat(result.status().code()).isEqualTo(2);
    assertThat(result.output()).isEqualTo("out\n");
    assertThat(result.errors()).isEqualTo("err");
  }

  @Test
  void aProgramThatIsMissingIsNamed() {
    assertThat(Tool.isInstalled("sh")).isTrue();
    assertThat(Tool.isInstalled("no-such-program")).isFalse();
    assertThatThrownBy(() -> Tool.of("no-such-program").run())
        .isInstanceOfSatisfying(
            CallException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOTSUP))
        .hasMessageContaining("no-such-program");
  }

  @Test
  void theEnvironmentIsFixed() {
    assertThat(Tool.of("env").environment("EXTRA=yes").run().lines())
        .containsExactlyInAnyOrder(
            "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C", "TERM=dumb", "HOME=/", "EXTRA=yes");
  }

  @Test
  void nothingButTheStandardStreamsIsInherited(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    try (Fd open = Fd.open(file.toString(), OpenFlags.O_RDONLY, 0)) {
      assertThat(open.number()).isGreaterThan(2);
      // ls has the directory itself open, as number 3.
      assertThat(Tool.of("ls", "/proc/self/fd").run()).isEqualTo("0\n1\n2\n3\n");
    }
  }

  @Test
  void worksInAnOpenDirectory(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("a"), "");
    try (Directory directory = new Directory(Fd.open(folder.toString(), OpenFlags.O_PATH, 0))) {
      assertThat(Tool.of("ls").in(directory).run()).isEqualTo("a\n");
      assertThat(Tool.of("ls", directory.fd().procPath() + "/").run()).isEqualTo("a\n");
    }
  }

  @Test
  void inputIsEmptyUnlessGiven() {
    assertThat(Tool.of("cat").run()).isEmpty();
    assertThat(Tool.of("cat").input("some text".getBytes(UTF_8)).run()).isEqualTo("some text");
  }

  @Test
  void readsAnOpenFileFromItsPositionOn(@TempDir Path folder) throws Exception {
    Path path = Files.writeString(folder.resolve("file"), "0123456789");
    try (Fd file = Fd.open(path.toString(), OpenFlags.O_RDONLY, 0)) {
      file.seek(4);
      assertThat(Tool.of("cat").input(file).run()).isEqualTo("456789");
    }
  }

  @Test
  void readsWhatAnotherProgramWrites() {
    Tool numbers = Tool.of("seq", "1", "300000");

    assertThat(Tool.of("wc", "-l").input(numbers).run().strip()).isEqualTo("300000");
    assertThat(Tool.of("cat").input(Tool.of("true")).run()).isEmpty();
  }

  @Test
  void bothProgramsHaveToSucceed() {
    Tool broken = Tool.of("sh", "-c", "echo some; echo it broke >&2; exit 3");

    assertThatThrownBy(() -> Tool.of("cat").input(broken).run()).hasMessage("sh: it broke");
    assertThatThrownBy(() -> Tool.of("false").input(Tool.of("echo", "some")).run())
        .hasMessage("false: exited with status 1");
    assertThatThrownBy(() -> Tool.of("cat").input(Tool.of("no-such-program")).run())
        .hasMessageContaining("no-such-program");
    assertThatThrownBy(() -> Tool.of("no-such-program").input(Tool.of("yes")).run())
        .hasMessageContaining("no-such-program");
  }

  @Test
  void aProgramThatNobodyReadsFromAnyMoreHasNotFailed() {
    assertThat(Tool.of("head", "-n", "2").input(Tool.of("yes")).run()).isEqualTo("y\ny\n");
  }

  /** Far more than the pipes hold goes both ways at once, and to standard error as well. */
  @Test
  void pipesThatFillUpDoNotBlockEachOther() {
    byte[] content = new byte[3_000_000];
    Arrays.fill(content, (byte) 'x');

    ToolResult result = Tool.of("sh", "-c", "tee /dev/stderr").input(content).attempt();

    assertThat(result.status().isSuccess()).isTrue();
    assertThat(result.outputBytes()).isEqualTo(content);
    assertThat(result.errors()).hasSize(ToolRun.ERRORS_MAX);
  }

  @Test
  void aProgramNeedNotReadItsInput() {
    assertThat(Tool.of("true").input(new byte[3_000_000]).run()).isEmpty();
    assertThat(Tool.of("head", "-c", "3").input(new byte[3_000_000]).run()).hasSize(3);
  }

  @Test
  void aProgramThatWritesWithoutEndIsStopped() {
    assertThatThrownBy(() -> Tool.of("yes").run())
        .isInstanceOf(CallException.class)
        .hasMessage("yes: its output is longer than the limit of 4194304 bytes");
  }

  @Test
  void outputIsStreamed() {
    ByteArrayOutputStream received = new ByteArrayOutputStream();

    ToolResult result =
        Tool.of("seq", "1", "100000")
            .output(
                from -> {
                  byte[] piece = new byte[from.remaining()];
                  from.get(piece);
                  received.writeBytes(piece);
                })
            .attempt();

    assertThat(result.outputBytes()).isEmpty();
    assertThat(received.toString(UTF_8).lines()).hasSize(100_000).endsWith("100000");
  }

  @Test
  void aSinkThatFailsEndsTheProgram() {
    AtomicInteger taken = new AtomicInteger();

    assertThatThrownBy(
            () ->
                Tool.of("yes")
                    .output(
                        from -> {
                          if (taken.addAndGet(from.remaining()) > 1_000_000) {
                            throw new CallException("nobody wants more");
                          }
                        })
                    .attempt())
        .hasMessage("nobody wants more");
    assertThat(childrenLeft()).isEmpty();
  }

  @Test
  void aSourceThatFailsEndsTheProgram() {
    assertThatThrownBy(
            () ->
                Tool.of("cat")
                    .input(
                        () -> {
                          throw new CallException("the sender broke off");
                        })
                    .attempt())
        .hasMessage("the sender broke off");
    assertThat(childrenLeft()).isEmpty();
  }

  @Test
  @Timeout(30)
  void aProcessLeftBehindIsNotWaitedFor() {
    String left = Tool.of("sh", "-c", "sleep 60 & echo $!").run().strip();

    assertThat(Tool.of("kill", left).attempt().status().isSuccess()).isTrue();
  }

  @Test
  void thoseWhoWaitAreTold() {
    AtomicInteger ticks = new AtomicInteger();

    Tool.of("sleep", "1").busy((position, total) -> ticks.incrementAndGet()).run();

    assertThat(ticks).hasPositiveValue();
  }

  private static String childrenLeft() {
    return Tool.of("ps", "-o", "comm=", "--ppid", Long.toString(ProcessHandle.current().pid()))
        .run()
        .lines()
        .filter(name -> !name.equals("ps"))
        .reduce("", String::concat);
  }
}
