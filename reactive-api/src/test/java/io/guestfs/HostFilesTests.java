package io.guestfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.protocol.xdr.GuestString;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class HostFilesTests {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, HostFiles.PIECE - 1, HostFiles.PIECE, 3 * HostFiles.PIECE + 7})
  void contentSurvivesACopy(int size) throws IOException {
    long seed = new Random().nextLong();
    byte[] content = new byte[size];
    new Random(seed).nextBytes(content);
    Path original = Files.write(folder.resolve("original"), content);
    Path copy = Files.writeString(folder.resolve("copy"), "to be replaced");
    StepVerifier.create(HostFiles.write(HostFiles.read(original), copy))
        .expectComplete()
        .verify(TIMEOUT);
    assertThat(Files.readAllBytes(copy)).as("seed %d", seed).isEqualTo(content);
  }

  @Test
  void nothingIsReadThatWasNotAskedFor() throws IOException {
    Path file = Files.write(folder.resolve("file"), new byte[4 * HostFiles.PIECE]);
    StepVerifier.create(HostFiles.read(file), 0)
        .expectSubscription()
        .thenRequest(2)
        .expectNextCount(2)
        .thenCancel()
        .verify(TIMEOUT);
  }

  @Test
  void cancellingClosesTheChannel() throws InterruptedException {
    CountDownLatch closed = new CountDownLatch(1);
    ReadableByteChannel channel =
        Channels.newChannel(
            new ByteArrayInputStream(new byte[1 << 20]) {
              @Override
              public void close() {
                closed.countDown();
              }
            });
    StepVerifier.create(HostFiles.read(() -> channel), 1)
        .expectNextCount(1)
        .thenCancel()
        .verify(TIMEOUT);
    assertThat(closed.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void missingFileIsAnErrorSignal() {
    StepVerifier.create(HostFiles.read(folder.resolve("missing")))
        .expectError(NoSuchFileException.class)
        .verify(TIMEOUT);
    StepVerifier.create(HostFiles.write(Flux.empty(), folder.resolve("no/such/folder")))
        .expectError(NoSuchFileException.class)
        .verify(TIMEOUT);
  }

  @Test
  void errorOfTheContentIsSignalledAfterTheFileIsClosed() {
    Mono<Void> written =
        HostFiles.write(
            Flux.concat(Flux.just(ByteBuffer.wrap(new byte[3])), Flux.error(new IOException("x"))),
            folder.resolve("part"));
    StepVerifier.create(written).expectErrorMessage("x").verify(TIMEOUT);
    assertThat(folder.resolve("part")).hasSize(3);
  }

  @Test
  void fullDiskIsAnErrorSignal() {
    StepVerifier.create(
            HostFiles.write(Flux.just(ByteBuffer.wrap(new byte[100])), Path.of("/dev/full")))
        .expectError(UncheckedIOException.class)
        .verify(TIMEOUT);
  }

  @Test
  void nameThatTheHostCannotCarryIsRefused() {
    assertThat(HostFiles.resolve(folder, "ä b\n")).isEqualTo(folder.resolve("ä b\n"));
    String latin1 = GuestString.decode(new byte[] {'M', (byte) 0xfc, 'l', 'l'});
    assertThatThrownBy(() -> HostFiles.resolve(folder, latin1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not text on this host");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b", "/etc/passwd", "../up"})
  void nameThatLeadsElsewhereIsRefused(String name) {
    assertThatThrownBy(() -> HostFiles.resolve(folder, name))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
