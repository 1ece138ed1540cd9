package io.guestfs.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RuntimeThreadsTests {

  @Test
  void onlyThreadsThatLookForWorkSleepLonger() throws IOException {
    assumeThat(System.getProperty("user.name")).as("others may not").isEqualTo("root");
    RuntimeThreads.letSleep();
    Map<String, String> slack = slackByName();
    assertThat(slack)
        .containsEntry("C1 CompilerThre", "60000000000")
        .containsEntry("VM Periodic Tas", "60000000000")
        .containsEntry("VM Thread", "50000")
        .containsEntry("java", "50000");
  }

  private static Map<String, String> slackByName() throws IOException {
    List<Path> threads;
    try (Stream<Path> list = Files.list(Path.of("/proc/self/task"))) {
      threads = list.toList();
    }
    Map<String, String> slack = new TreeMap<>();
    for (Path thread : threads) {
      slack.put(
          Files.readString(thread.resolve("comm")).strip(),
          Files.readString(Path.of("/proc/" + thread.getFileName() + "/timerslack_ns")).strip());
    }
    return slack;
  }
}
