package io.guestfs.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.calls.wire.Procedures;
import io.guestfs.protocol.call.CallDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keeps procedure numbers what they once were. */
class ProcedureLockTests {

  private static final Path LOCK = Path.of("procedures.lock");

  @Test
  void lockHoldsEveryProcedureThatIsServed() throws IOException {
    List<String> locked =
        Files.readAllLines(LOCK).stream().filter(line -> !line.startsWith("#")).toList();
    List<String> served =
        Procedures.all().stream()
            .sorted(Comparator.<CallDescriptor<?>>comparingInt(CallDescriptor::procedure))
            .map(call -> call.procedure() + " " + call.name())
            .toList();
    assertThat(served)
        .as("a new procedure is added to %s; a line that is there never changes or goes", LOCK)
        .isEqualTo(locked);
  }
}
