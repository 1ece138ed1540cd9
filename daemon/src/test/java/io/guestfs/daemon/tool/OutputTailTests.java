package io.guestfs.daemon.tool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OutputTailTests {
  @Test
  void aProgramMaySayAsMuchAsItLikes() {
    OutputTail tail = new OutputTail();

    // More than is ever collected.
    ToolResult result = Tool.of("seq", "1000000").output(tail).attempt();

    assertThat(result.status().isSuccess()).isTrue();
    assertThat(tail.text()).endsWith("999999\n1000000").hasSizeBetween(8000, 8192);
  }

  @Test
  void littleIsKeptWhole() {
    OutputTail tail = new OutputTail();

    Tool.of("printf", "\\n%s\\n", "one line").output(tail).run();

    assertThat(tail.text()).isEqualTo("one line");
    assertThat(new OutputTail().text()).isEmpty();
  }
}
