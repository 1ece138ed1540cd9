package io.guestfs.appliance.qemu;

import static io.guestfs.appliance.qemu.SocketPair.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

@Timeout(60)
class QmpClientTests {

  private static final String OK = "{\"return\": {}}\r\n";

  @TempDir Path directory;
  private final List<QmpEvent> events = new CopyOnWriteArrayList<>();
  private final Sinks.One<QmpEvent> firstEvent = Sinks.one();
  private final QmpClient client =
      new QmpClient(
          event -> {
            events.add(event);
            firstEvent.tryEmitValue(event);
          });
  private SocketPair pair;

  @BeforeEach
  void connect() throws IOException {
    pair = new SocketPair(directory, client::open);
  }

  @AfterEach
  void disconnect() throws IOException {
    pair.close();
  }

  private void greet() throws IOException {
    Sinks.Empty<Void> ready = Sinks.empty();
    client.negotiate().subscribe(none -> {}, ready::tryEmitError, ready::tryEmitEmpty);
    pair.say("{\"QMP\": {\"version\": {}, \"capabilities\": [\"oob\"]}}\r\n");
    assertThat(pair.hear()).isEqualTo("{\"execute\":\"qmp_capabilities\",\"arguments\":{}}");
    pair.say(OK);
    ready.asMono().block(SocketPair.PATIENCE);
  }

  /** Subscribes at once, so that the command is on its way. */
  private static Mono<JsonNode> start(Mono<JsonNode> command) {
    Sinks.One<JsonNode> answer = Sinks.one();
    command.subscribe(answer::tryEmitValue, answer::tryEmitError);
    return answer.asMono();
  }

  @Test
  void runsCommands() throws IOException {
    greet();
    Mono<JsonNode> answer =
        start(
            client.execute(
                "blockdev-add", JsonNodeFactory.instance.objectNode().put("driver", "raw")));
    assertThat(pair.hear())
        .isEqualTo("{\"execute\":\"blockdev-add\",\"arguments\":{\"driver\":\"raw\"}}");
    pair.say("{\"return\": {\"a\": [1, 2]}}\r\n");
    assertThat(await(answer)).hasToString("{\"a\":[1,2]}");
  }

  @Test
  void sendsNothingBeforeSubscription() throws IOException {
    greet();
    Mono<JsonNode> never = client.execute("never");
    start(client.execute("now"));
    assertThat(pair.hear()).contains("\"now\"");
    assertThat(never).isNotNull();
  }

  @Test
  void matchesAnswersInOrderWithEventsBetween() throws IOException {
    greet();
    Mono<JsonNode> first = start(client.execute("first"));
    Mono<JsonNode> second = start(client.execute("second"));
    assertThat(pair.hear()).contains("first");
    assertThat(pair.hear()).contains("second");
    pair.say("{\"event\": \"STOP\"}\r\n{\"return\": 1}\r\n");
    pair.say("{\"event\": \"RESUME\", \"data\": {\"x\": 2}}\r\n{\"return\": 2}\r\n");
    assertThat(await(first).asInt()).isEqualTo(1);
    assertThat(await(second).asInt()).isEqualTo(2);
    assertThat(events).extracting(QmpEvent::name).containsExactly("STOP", "RESUME");
    assertThat(events.get(1).data()).hasToString("{\"x\":2}");
  }

  @Test
  void refusalNamesCommandAndReason() throws IOException {
    greet();
    Mono<JsonNode> answer = start(client.execute("device_add"));
    pair.hear();
    pair.say("{\"error\": {\"class\": \"GenericError\", \"desc\": \"no such bus\"}}\r\n");
    assertThatThrownBy(() -> await(answer))
        .isInstanceOfSatisfying(QmpException.class, e -> assertThat(e.isClosed()).isFalse())
        .hasMessage("device_add: no such bus");
  }

  @Test
  void endOfConnectionFailsEverything() throws IOException {
    greet();
    Mono<JsonNode> first = start(client.execute("first"));
    Mono<JsonNode> second = start(client.execute("second"));
    pair.hear();
    pair.hear();
    pair.hangUp();
    assertClosed(first);
    assertClosed(second);
    assertClosed(client.execute("third"));
  }

  @Test
  void endOfConnectionBeforeTheGreetingFailsTheGreeting() throws IOException {
    pair.hangUp();
    assertClosed(client.execute("never"));
  }

  @Test
  void whatIsNotJsonEndsTheConnection() throws IOException {
    greet();
    Mono<JsonNode> answer = start(client.execute("first"));
    pair.hear();
    pair.say("what?\r\n");
    assertClosed(answer);
  }

  @Test
  void answerThatNobodyAskedForIsIgnored() throws IOException {
    greet();
    pair.say(OK);
    pair.say("{\"event\": \"MARK\"}\r\n");
    await(firstEvent.asMono());
    Mono<JsonNode> answer = start(client.execute("next"));
    pair.hear();
    pair.say("{\"return\": 3}\r\n");
    assertThat(await(answer).asInt()).isEqualTo(3);
  }

  @Test
  void knowsTheProcessAtTheOtherEnd() throws IOException {
    greet();
    assertThat(await(client.qemuPid())).isEqualTo(ProcessHandle.current().pid());
  }

  private static void assertClosed(Mono<JsonNode> answer) {
    assertThatThrownBy(() -> await(answer))
        .isInstanceOfSatisfying(QmpException.class, e -> assertThat(e.isClosed()).isTrue());
  }
}
