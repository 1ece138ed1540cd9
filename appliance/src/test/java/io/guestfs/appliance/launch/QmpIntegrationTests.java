package io.guestfs.appliance.launch;

import static io.guestfs.appliance.launch.Launches.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.appliance.qemu.QmpEvent;
import io.guestfs.appliance.qemu.QmpException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;

/** The monitor's client against qemu. */
@Timeout(120)
class QmpIntegrationTests {

  @RegisterExtension final Launches launches = new Launches();

  @Test
  void talksToQemu() throws IOException {
    try (RealQemu qemu = RealQemu.withoutMachine(launches)) {
      assertThat(await(qemu.monitor().execute("query-status")).path("status").asText())
          .isEqualTo("prelaunch");
      assertThatThrownBy(() -> await(qemu.monitor().execute("no-such-command")))
          .isInstanceOfSatisfying(QmpException.class, e -> assertThat(e.isClosed()).isFalse())
          .hasMessageContaining("no-such-command");
      assertThat(ProcessHandle.of(await(qemu.monitor().qemuPid())))
          .get()
          .extracting(process -> process.info().command().orElse(""))
          .asString()
          .contains("qemu");
      assertThat(qemu.quit().status()).isZero();
      assertThat(qemu.events()).extracting(QmpEvent::name).contains("SHUTDOWN");
      assertThatThrownBy(() -> await(qemu.monitor().execute("query-status")))
          .isInstanceOfSatisfying(QmpException.class, e -> assertThat(e.isClosed()).isTrue());
    }
  }

  @Test
  void keepsOrderOfManyCommands() throws IOException {
    try (RealQemu qemu = RealQemu.withoutMachine(launches)) {
      assertThat(
              await(
                  Flux.range(0, 100)
                      .flatMapSequential(
                          i ->
                              i % 2 == 0
                                  ? qemu.monitor().execute("query-name").map(name -> "name")
                                  : qemu.monitor()
                                      .execute("query-uuid")
                                      .map(uuid -> uuid.has("UUID") ? "uuid" : "wrong"),
                          100)
                      .distinct()
                      .collectList()))
          .containsExactly("name", "uuid");
    }
  }
}
