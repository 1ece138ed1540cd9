package io.guestfs;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.calls.value.Key;
import io.guestfs.calls.wire.ExtendedAttributeDescriptors;
import io.guestfs.calls.wire.FileDescriptors;
import io.guestfs.calls.wire.InternalDescriptors;
import io.guestfs.calls.wire.LuksDescriptors;
import io.guestfs.calls.wire.TransferDescriptors;
import io.guestfs.protocol.frame.ProtocolConstants;
import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the library says, at the level at which it says most, without a secret in it. */
@Timeout(120)
class SecrecyTests {

  private static final String KEY = "a-passphrase-of-somebody";
  private static final String CONTENT = "what-a-private-file-holds";

  @Test
  void nothingShowsAKeyOrContent() throws IOException, InterruptedException {
    String said =
        ChildJvm.run(
            Program.class,
            library -> true,
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace",
            "-Dorg.slf4j.simpleLogger.logFile=System.out");
    assertThat(said)
        .as("what has to be there for this test to mean something")
        .contains(
            Program.LOGGED_AT_TRACE,
            "io.guestfs.trace - luks_format \"/dev/sda1\" *** 0",
            "io.guestfs.trace - write_file \"/a\" <25 characters> 0",
            "Trace[line=internal_write \"/a\" <25 bytes>]",
            "CallFailedException: luks_format:",
            "CallRejectedException: luks_format",
            "CallRejectedException: internal_write",
            "CallTimeoutException: luks_format",
            "the daemon broke the protocol");
    for (String secret : List.of(KEY, CONTENT)) {
      assertThat(said)
          .doesNotContain(secret)
          .doesNotContain(ByteBufUtil.hexDump(secret.getBytes(US_ASCII)));
    }
  }

  /** Makes calls with secrets, and prints the events and errors that come of them. */
  static final class Program {

    static final String LOGGED_AT_TRACE = "this is how much is logged";

    private static final Logger LOG = LoggerFactory.getLogger(Program.class);
    private static final byte[] BYTES = CONTENT.getBytes(US_ASCII);

    private final Key key = Key.of(KEY.toCharArray());
    private final ScriptedDaemon daemon = new ScriptedDaemon();
    private final Guestfs g = daemon.guestfs;

    private Program() {}

    public static void main(String[] arguments) {
      LOG.trace(LOGGED_AT_TRACE);
      new Program().run();
    }

    private void run() {
      g.privateData().put("value", CONTENT);
      callsWithKeys();
      callsWithContent();
      contentOfResults();
      uploads();
      downloads();
      callsThatCannotTravel();
      chunksThatNobodyExpects();
      daemon.run();
      daemon.events.forEach(this::print);
      print(g + " " + key);
      daemon.assertNothingLeaked();
    }

    private void callsWithKeys() {
      Recorder.of(g.luksFormat("/dev/sda1", key, 0));
      daemon.expect(LuksDescriptors.LUKS_FORMAT).reply(null);
      Recorder<Void> refused = Recorder.of(g.luksFormat("/dev/sda1", key, 0));
      daemon.expect(LuksDescriptors.LUKS_FORMAT).fail("EPERM", "no key fits");
      print(refused.error());
      Recorder<Void> late = Recorder.of(g.luksFormat("/dev/sda1", key, 0));
      ScriptedDaemon.Received call = daemon.expect(LuksDescriptors.LUKS_FORMAT);
      daemon.pass(Duration.ofSeconds(10));
      print(late.error());
      call.reply(null);
    }

    private void callsWithContent() {
      Recorder.of(g.write("/a", BYTES));
      daemon.expect(InternalDescriptors.INTERNAL_WRITE).reply(null);
      Recorder.of(g.pwrite("/a", BYTES, 0));
      daemon.expect(FileDescriptors.PWRITE).fail("ENOSPC", "/a: No space left on device");
      Recorder.of(writeFile());
      daemon.expect(FileDescriptors.WRITE_FILE).reply(null);
      Recorder.of(g.setxattr("user.a", CONTENT, CONTENT.length(), "/a"));
      daemon.expect(ExtendedAttributeDescriptors.SETXATTR).fail("EIO", "/a: Input/output error");
      Recorder.of(g.fillPattern(CONTENT, 100, "/a"));
      daemon.expect(FileDescriptors.FILL_PATTERN).reply(null);
    }

    @SuppressWarnings("deprecation") // what it takes is content all the same
    private Mono<Void> writeFile() {
      return g.writeFile("/a", CONTENT, 0);
    }

    private void contentOfResults() {
      Recorder<byte[]> read = Recorder.of(g.pread("/a", 100, 0));
      daemon.expect(FileDescriptors.PREAD).reply(BYTES);
      read.assertComplete();
      Recorder<String> cat = Recorder.of(g.cat("/a"));
      daemon.expect(TransferDescriptors.DOWNLOAD).reply(null);
      daemon.sendChunks(BYTES);
      daemon.sendEndOfFile();
      cat.assertComplete();
    }

    private void uploads() {
      Flux<ByteBuffer> content = Flux.just(ByteBuffer.wrap(BYTES));
      Recorder.of(g.upload(content, "/a"));
      ScriptedDaemon.Received whole = daemon.expect(TransferDescriptors.UPLOAD);
      daemon.expectChunk();
      daemon.expectEndOfFile();
      whole.reply(null);
      Recorder<Void> broken =
          Recorder.of(g.upload(content.concatWith(Mono.error(new IOException("broken"))), "/a"));
      ScriptedDaemon.Received part = daemon.expect(TransferDescriptors.UPLOAD);
      daemon.expectChunk();
      daemon.expectCancelChunk();
      part.fail("EIO", "cancelled");
      print(broken.error());
    }

    private void downloads() {
      Recorder<ByteBuffer> aborted = Recorder.of(g.download("/a"));
      daemon.expect(TransferDescriptors.DOWNLOAD).reply(null);
      daemon.sendChunks(BYTES);
      daemon.sendCancelChunk();
      print(aborted.error());
    }

    private void callsThatCannotTravel() {
      Recorder<Void> tooLong =
          Recorder.of(
              InternalAccess.of(g)
                  .internalWrite(
                      "/a",
                      CONTENT.repeat(ProtocolConstants.MESSAGE_MAX / 25 + 1).getBytes(US_ASCII)));
      daemon.run();
      print(tooLong.error());
      Recorder.of(g.setxattr("user.a", CONTENT + '\0', 0, "/a"));
      key.close();
      Recorder<Void> closed = Recorder.of(g.luksFormat("/dev/sda1", key, 0));
      daemon.run();
      print(closed.error());
    }

    private void chunksThatNobodyExpects() {
      Recorder<byte[]> read = Recorder.of(g.pread("/a", 100, 0));
      daemon.expect(FileDescriptors.PREAD);
      daemon.sendChunks(BYTES);
      print(read.error());
    }

    @SuppressWarnings("SystemOut") // the test reads it
    private void print(@Nullable Object said) {
      if (said instanceof Throwable error) {
        StringWriter trace = new StringWriter();
        error.printStackTrace(new PrintWriter(trace));
        System.out.println(trace);
      } else {
        System.out.println(said);
      }
    }
  }
}
