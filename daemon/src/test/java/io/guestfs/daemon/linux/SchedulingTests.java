package io.guestfs.daemon.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.daemon.tool.Tool;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SchedulingTests {
  private static final int POLICY = 41;
  private static final String SCHED_OTHER = "0";
  private static final String SCHED_BATCH = "3";

  @Test
  void appliesToTheThreadAndWhatItStarts() throws Exception {
    FutureTask<String> task =
        new FutureTask<>(
            () -> {
              Scheduling.preferThroughput();
              return policyOfAProgram();
            });
    new Thread(task).start();

    assertThat(task.get()).isEqualTo(SCHED_BATCH);
    assertThat(policyOfAProgram()).isEqualTo(SCHED_OTHER);
  }

  /** Its name, the second field, has no space. */
  private static String policyOfAProgram() {
    return Tool.of("cat", "/proc/self/stat").run().split(" ")[POLICY - 1];
  }
}
