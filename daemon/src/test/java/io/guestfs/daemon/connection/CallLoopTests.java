package io.guestfs.daemon.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.linux.UnixSocket;
import io.guestfs.protocol.frame.Chunk;
import io.guestfs.protocol.frame.Direction;
import io.guestfs.protocol.frame.Limits;
import io.guestfs.protocol.frame.MessageError;
import io.guestfs.protocol.frame.MessageHeader;
import io.guestfs.protocol.frame.ProtocolConstants;
import io.guestfs.protocol.frame.Status;
import io.guestfs.protocol.xdr.XdrReader;
import io.guestfs.protocol.xdr.XdrWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CallLoopTests {
  @TempDir private Path temporary;
  private final TestService service = new TestService();
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private RawClient client;

  @BeforeEach
  void connect() throws IOException {
    Path path = temporary.resolve("port");
    try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listener.bind(UnixDomainSocketAddress.of(path));
      Thread.ofPlatform().daemon().start(() -> serve(path.toString()));
      client = new RawClient(listener.accept());
    }
    assertThat(client.word()).isEqualTo(ProtocolConstants.LAUNCH_FLAG);
  }

  private void serve(String path) {
    try (Fd port = UnixSocket.connect(path)) {
      end(port);
      // Closing it earlier would break the pipe under a client that still writes.
      over.await();
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  private void end(Fd port) {
    try {
      new CallLoop(port, service).run();
      end.complete(null);
    } catch (Throwable e) {
      end.completeExceptionally(e);
    }
  }

  @AfterEach
  void close() throws IOException {
    over.countDown();
    client.close();
  }

  @Test
  void answersCallsInOrder() throws Exception {
    client.call(TestService.PING, 7);
    client.call(TestService.ECHO, 8, string("häl\udcfflo"));
    client.call(TestService.PING, -1);

    client.reply(TestService.PING, 7, Status.OK).finish();
    XdrReader echo = client.reply(TestService.ECHO, 8, Status.OK);
    assertThat(echo.readString(100)).isEqualTo("häl\udcfflo");
    client.reply(TestService.PING, -1, Status.OK).finish();
  }

  @Test
  void endsWhenTheLibraryClosesThePort() throws Exception {
    client.close();

    end.get(30, TimeUnit.SECONDS);
  }

  @Test
  void aFailedCallTellsErrnoAndMessage() throws Exception {
    client.call(TestService.FAIL, 1);

    assertThat(client.error(TestService.FAIL, 1))
        .isEqualTo(new MessageError("ENOTEMPTY", "it is not empty"));
    assertStillServes();
  }

  @Test
  void aBugInAHandlerIsAnErrorOfThatCallOnly() throws Exception {
    client.call(TestService.BUG, 1);

    assertThat(client.error(TestService.BUG, 1).message()).contains("a bug");
    assertStillServes();
  }

  @Test
  void anUnknownProcedureIsRefused() throws Exception {
    client.call(99_999, 1);

    MessageError error = client.error(99_999, 1);
    assertThat(error.errnoName()).isEqualTo("ENOSYS");
    assertThat(error.message()).contains("99999");
    assertStillServes();
  }

  @Test
  void anUploadThatNobodyServesIsStoppedAndThenRefused() throws Exception {
    int yaraLoad = 472;
    client.call(yaraLoad, 1);
    client.chunk(false, new byte[8192]);

    assertThat(client.word()).isEqualTo(ProtocolConstants.CANCEL_FLAG);
    client.chunk(true);
    assertThat(client.error(yaraLoad, 1).errnoName()).isEqualTo("ENOSYS");
    assertStillServes();
  }

  @Test
  void anotherProgramVersionDirectionOrStatusIsRefused() throws Exception {
    int[] right = {
      ProtocolConstants.PROGRAM, ProtocolConstants.VERSION, TestService.PING, 0, 5, 0, 0, 0, 0, 0
    };
    for (int field : new int[] {0, 1, 3, 9}) {
      int[] words = right.clone();
      words[field] ^= 1;
      client.frame(words(words));
      assertThat(client.error(TestService.PING, 5).message()).startsWith("not a call");
    }
    client.message(new MessageHeader(TestService.PING, Direction.REPLY, 6, 0, 0, Status.OK));
    assertThat(client.error(TestService.PING, 6).errnoName()).isEqualTo("EPROTO");
    assertStillServes();
  }

  @Test
  void argumentsThatDoNotFitAreRefused() throws Exception {
    client.call(TestService.ECHO, 1);
    assertThat(client.error(TestService.ECHO, 1).errnoName()).isEqualTo("EINVAL");
    client.call(TestService.PING, 2, string("too much"));
    assertThat(client.error(TestService.PING, 2).errnoName()).isEqualTo("EINVAL");
    client.message(MessageHeader.call(TestService.PING, 3, 1));
    assertThat(client.error(TestService.PING, 3).message()).contains("optional argument");
    assertStillServes();
  }

  @Test
  void aReplyOverTheLimitIsAnErrorThatNamesIt() throws Exception {
    client.call(TestService.LARGE, 1);

    assertThat(client.error(TestService.LARGE, 1).message()).contains("4194304");
    assertStillServes();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 39, 4 * 1024 * 1024 + 1, Integer.MAX_VALUE, 0xffff5555})
  void aLengthThatCannotBeEndsTheLoop(int length) throws Exception {
    client.sendWord(length);

    assertThat(failure()).isInstanceOf(PortException.class).hasMessageContaining("length");
  }

  @Test
  void aPortClosedInTheMiddleEndsTheLoop() throws Exception {
    client.sendWord(100);
    client.close();

    assertThat(failure()).isInstanceOf(PortException.class).hasMessageContaining("in the middle");
  }

  @Test
  void takesAnUpload() throws Exception {
    client.call(TestService.UPLOAD, 1);
    byte[] piece = new byte[8192];
    for (int i = 0; i < 100; i++) {
      client.chunk(false, piece);
    }
    client.chunk(false, new byte[5]);
    client.chunk(false);

    client.reply(TestService.UPLOAD, 1, Status.OK).finish();
    assertThat(service.uploaded).hasValue(100 * 8192 + 5);
  }

  @Test
  void anUploadThatTheHandlerDoesNotReadToTheEndIsReadForIt() throws Exception {
    client.call(TestService.UPLOAD_PARTLY, 1);
    for (int i = 0; i < 100; i++) {
      client.chunk(false, new byte[8192]);
    }
    client.chunk(false);

    client.reply(TestService.UPLOAD_PARTLY, 1, Status.OK).finish();
    assertStillServes();
  }

  @Test
  void anUploadThatFailsIsStoppedAndThenAnswered() throws Exception {
    client.call(TestService.UPLOAD_FAILING, 1);
    client.chunk(false, new byte[1]);

    assertThat(client.word()).isEqualTo(ProtocolConstants.CANCEL_FLAG);
    // What was on its way when the flag came.
    client.chunk(false, new byte[8192]);
    client.chunk(true);
    assertThat(client.error(TestService.UPLOAD_FAILING, 1))
        .isEqualTo(new MessageError("ENOSPC", "the disk is full"));
    assertStillServes();
  }

  @Test
  void anUploadThatEndsJustWhenItIsStoppedIsAnsweredAllTheSame() throws Exception {
    client.call(TestService.UPLOAD_FAILING, 1);
    client.chunk(false, new byte[1]);
    client.chunk(false);

    assertThat(client.word()).isEqualTo(ProtocolConstants.CANCEL_FLAG);
    assertThat(client.error(TestService.UPLOAD_FAILING, 1).errnoName()).isEqualTo("ENOSPC");
    assertStillServes();
  }

  @Test
  void anUploadThatTheLibraryBreaksOffIsAnswered() throws Exception {
    client.call(TestService.UPLOAD, 1);
    client.chunk(false, new byte[1]);
    client.chunk(true);

    assertThat(client.error(TestService.UPLOAD, 1).errnoName()).isEqualTo("ECANCELED");
    assertStillServes();
  }

  @Test
  void aChunkThatCannotBeEndsTheLoop() throws Exception {
    client.call(TestService.UPLOAD, 1);
    client.frame(words(0, 100));

    assertThat(failure()).isInstanceOf(PortException.class).hasMessageContaining("chunk");
  }

  @Test
  void sendsADownload() throws Exception {
    client.call(TestService.DOWNLOAD, 1);

    client.reply(TestService.DOWNLOAD, 1, Status.OK).finish();
    int received = 0;
    Chunk chunk = client.chunk();
    while (chunk.data().isReadable()) {
      assertThat(chunk.cancel()).isFalse();
      while (chunk.data().isReadable()) {
        assertThat(chunk.data().readByte()).isEqualTo((byte) received++);
      }
      chunk = client.chunk();
    }
    assertThat(chunk.isEndOfFile()).isTrue();
    assertThat(received).isEqualTo(TestService.DOWNLOAD_SIZE);
    assertStillServes();
  }

  @Test
  void aDownloadThatFailsBeforeItStartsIsAnError() throws Exception {
    client.call(TestService.DOWNLOAD_NOT_STARTED, 1);

    assertThat(client.error(TestService.DOWNLOAD_NOT_STARTED, 1).errnoName()).isEqualTo("ENOENT");
    assertStillServes();
  }

  @Test
  void aDownloadThatFailsInTheMiddleIsBrokenOff() throws Exception {
    client.call(TestService.DOWNLOAD_FAILING, 1);

    client.reply(TestService.DOWNLOAD_FAILING, 1, Status.OK).finish();
    assertThat(client.chunk().data().readableBytes()).isEqualTo(5);
    assertThat(client.chunk().cancel()).isTrue();
    assertStillServes();
  }

  @Test
  void aDownloadStopsWhenTheLibraryWantsNoMore() throws Exception {
    client.call(TestService.DOWNLOAD_ENDLESS, 1);
    client.reply(TestService.DOWNLOAD_ENDLESS, 1, Status.OK).finish();
    assertThat(client.chunk().cancel()).isFalse();

    client.sendWord(ProtocolConstants.CANCEL_FLAG);
    Chunk chunk = client.chunk();
    while (!chunk.cancel()) {
      chunk = client.chunk();
    }

    assertThat(service.endlessEnded.await(30, TimeUnit.SECONDS)).isTrue();
    assertStillServes();
  }

  @Test
  void aLibraryThatDiesDuringADownloadEndsTheLoop() throws Exception {
    client.call(TestService.DOWNLOAD_ENDLESS, 1);
    client.word();
    client.close();

    assertThat(failure()).isInstanceOf(PortException.class);
  }

  @Test
  void aCancelFlagWithNothingToCancelIsIgnored() throws Exception {
    client.sendWord(ProtocolConstants.CANCEL_FLAG);

    assertStillServes();
  }

  @Test
  void progressThatWasShownOnceIsShownToTheEnd() throws Exception {
    client.call(TestService.PROGRESS, 3);

    assertThat(client.progress(TestService.PROGRESS, 3)).endsWith("/10");
    assertThat(client.progress(TestService.PROGRESS, 3)).isEqualTo("10/10");
    client.reply(TestService.PROGRESS, 3, Status.OK).finish();
  }

  private static byte[] limits(int messageMax, int chunkMax, int window) {
    return ByteBuffer.allocate(12).putInt(messageMax).putInt(chunkMax).putInt(window).array();
  }

  private Limits agree(Limits offer) throws IOException {
    client.call(Limits.PROCEDURE, 0, limits(offer.messageMax(), offer.chunkMax(), offer.window()));
    return Limits.read(client.reply(Limits.PROCEDURE, 0, Status.OK));
  }

  @Test
  void largerLimitsHoldOnceTheyAreAgreedOn() throws Exception {
    assertThat(agree(Limits.LARGEST)).isEqualTo(Limits.LARGEST);

    client.call(TestService.UPLOAD, 1);
    client.chunk(false, new byte[Limits.LARGEST.chunkMax()]);
    client.chunk(false);
    client.reply(TestService.UPLOAD, 1, Status.OK).finish();
    assertThat(service.uploaded).hasValue(Limits.LARGEST.chunkMax());

    client.call(TestService.LARGE, 2);
    assertThat(client.reply(TestService.LARGE, 2, Status.OK).readOpaque(1 << 30))
        .hasSize(4 * 1024 * 1024);

    client.call(TestService.ECHO, 3, string("x".repeat(6_000_000)));
    assertThat(client.reply(TestService.ECHO, 3, Status.OK).readString(1 << 30)).hasSize(6_000_000);

    client.call(TestService.DOWNLOAD, 4);
    client.reply(TestService.DOWNLOAD, 4, Status.OK).finish();
    ByteBuf first = client.frame();
    assertThat(first.readableBytes()).isEqualTo(8 + Limits.LARGEST.chunkMax());
    while (first.readableBytes() > 8) {
      first = client.frame();
    }
    assertStillServes();
  }

  @Test
  void theSmallerOfOfferAndOwnIsAgreedOn() throws Exception {
    assertThat(agree(new Limits(1 << 30, 16_384, 1000)))
        .isEqualTo(new Limits(Limits.LARGEST.messageMax(), 16_384, Limits.LARGEST.window()));
    assertStillServes();
  }

  @Test
  void withoutAnAgreementTheLimitsOfLibguestfsHold() throws Exception {
    client.call(TestService.UPLOAD, 1);
    client.chunk(false, new byte[8196]);

    assertThat(failure()).isInstanceOf(PortException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 4096})
  void limitsThatMakeNoSenseAreRefused(int messageMax) throws Exception {
    client.call(Limits.PROCEDURE, 1, limits(messageMax, 8192, 1));

    assertThat(client.error(Limits.PROCEDURE, 1).errnoName()).isEqualTo("EINVAL");
    assertStillServes();
  }

  private void assertStillServes() throws IOException {
    client.call(TestService.PING, 1000);
    client.reply(TestService.PING, 1000, Status.OK).finish();
  }

  private Throwable failure() throws Exception {
    try {
      end.get(30, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      return Objects.requireNonNull(e.getCause());
    }
    throw new AssertionError("the loop ended as if nothing had happened");
  }

  private static byte[] string(String text) {
    ByteBuf buffer = Unpooled.buffer();
    new XdrWriter(buffer).writeString(text);
    byte[] bytes = new byte[buffer.readableBytes()];
    buffer.readBytes(bytes);
    return bytes;
  }

  private static ByteBuf words(int... words) {
    ByteBuf buffer = Unpooled.buffer();
    for (int word : words) {
      buffer.writeInt(word);
    }
    return buffer;
  }
}
