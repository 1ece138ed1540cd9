package io.guestfs.daemon.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KernelRandomTests {

  @Test
  void everyNumberIsAnother() {
    assertThat(Stream.generate(KernelRandom::nextLong).limit(100)).doesNotHaveDuplicates();
  }

  @Test
  void identifiersAreOfTheRandomKind() {
    for (int time = 0; time < 100; time++) {
      UUID uuid = KernelRandom.nextUuid();
      assertThat(uuid.version()).isEqualTo(4);
      assertThat(uuid.variant()).isEqualTo(2);
    }
    assertThat(Stream.generate(KernelRandom::nextUuid).limit(100)).doesNotHaveDuplicates();
  }
}
