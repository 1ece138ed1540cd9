package io.guestfs.appliance.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.appliance.ApplianceExit;
import io.guestfs.appliance.host.HostUser;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class QemuProcessTests {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path directory;

  private QemuProcess start(String script) throws IOException {
    return QemuProcess.start(
        List.of("sh", "-c", script, "it's", "a b"),
        HostUser.ours(),
        directory.resolve("log"),
        new Console(line -> {}));
  }

  private static ApplianceExit end(QemuProcess process) {
    return process.exit().blockOptional(PATIENCE).orElseThrow();
  }

  @Test
  void reportsStatusAndMessages() throws IOException {
    ApplianceExit exit = end(start("echo out; echo err >&2; exit 42"));
    assertThat(exit.status()).isEqualTo(42);
    assertThat(exit.signal()).isEmpty();
    assertThat(exit.errors()).containsExactly("out", "err");
    assertThat(exit.describe()).isEqualTo("exited with status 42: out / err");
  }

  @Test
  void reportsSignals() throws IOException {
    ApplianceExit exit = end(start("kill -SEGV $$"));
    assertThat(exit.signal()).hasValue(11);
    assertThat(exit.describe()).isEqualTo("was killed by signal 11");
  }

  @Test
  void passesArgumentsAsTheyAre() throws IOException {
    assertThat(end(start("echo \"$0,$1\"")).errors()).containsExactly("it's,a b");
  }

  @Test
  void killsWhatIgnoresEverythingElse() throws IOException {
    QemuProcess process = start("trap '' TERM INT HUP; while :; do sleep 1000; done");
    process.kill();
    assertThat(end(process).signal()).hasValue(9);
    process.kill();
  }

  @Test
  void keepsTheLastMessagesOnly() throws IOException {
    ApplianceExit exit = end(start("i=0; while [ $i -lt 5000 ]; do i=$((i+1)); echo $i; done"));
    assertThat(exit.errors()).hasSize(20).endsWith("5000");
  }

  @Test
  void hasNoStandardInput() throws IOException {
    assertThat(end(start("cat; exit 5")).status()).isEqualTo(5);
  }

  @Test
  void gainsNoPrivileges() throws IOException {
    assertThat(end(start("grep NoNewPrivs /proc/self/status")).errors())
        .containsExactly("NoNewPrivs:\t1");
  }

  @Test
  void leavesNoProcessBehind() throws IOException {
    QemuProcess process = start("exit 0");
    end(process);
    assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)).isEmpty();
  }
}
