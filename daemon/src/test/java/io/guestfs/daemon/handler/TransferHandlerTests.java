package io.guestfs.daemon.handler;

import static io.guestfs.daemon.handler.ServedGuest.assertFails;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.calls.wire.DaemonDescriptors;
import io.guestfs.calls.wire.TransferDescriptors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TransferHandlerTests {
  private static final long SEED = 0x67756573L;

  @RegisterExtension final ServedGuest guest = new ServedGuest();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8191, 8192, 8193, 262_144, 1_000_003})
  void contentSurvivesTheWayInAndOut(int size) {
    byte[] content = new byte[size];
    new Random(SEED).nextBytes(content);

    upload("/file", content);

    assertThat(guest.path("/file")).hasBinaryContent(content);
    assertThat(download("/file")).isEqualTo(content);
  }

  @Test
  void uploadReplacesWhatWasThere() {
    upload("/file", bytes("a long text"));
    upload("/file", bytes("short"));

    assertThat(guest.path("/file")).hasContent("short");
  }

  @Test
  void uploadNeedsAFileToWriteTo() throws IOException {
    Files.createDirectory(guest.path("/directory"));

    assertFails("EISDIR", () -> upload("/directory", bytes("text")));
    assertFails("EISDIR", () -> upload("/", new byte[100_000]));
    assertFails("ENOENT", () -> upload("/no/file", bytes("text")));
    assertFails("EINVAL", () -> upload("relative", bytes("text")));
    guest.run(DaemonDescriptors.PING_DAEMON);
  }

  @Test
  void anUploadThatFailsLateSaysWhy() throws Exception {
    Root.assume("the device that is always full is opened for writing by root");

    assertFails("ENOSPC", () -> upload("/dev/full", new byte[500_000]))
        .hasMessageContaining("/dev/full");
    guest.run(DaemonDescriptors.PING_DAEMON);
  }

  @Test
  void uploadOffsetKeepsTheRest() {
    upload("/file", bytes("0123456789"));

    uploadOffset("/file", "ab", 3);
    assertThat(guest.path("/file")).hasContent("012ab56789");
    uploadOffset("/file", "z", 12);
    assertThat(guest.path("/file")).hasContent("012ab56789\0\0z");
    uploadOffset("/new", "x", 1);
    assertThat(guest.path("/new")).hasContent("\0x");
    uploadOffset("/dev/null", "anything", 100);
    assertFails("EINVAL", () -> uploadOffset("/file", "x", -1));
  }

  @Test
  void downloadOffsetGivesAPart() {
    upload("/file", bytes("0123456789"));

    assertThat(downloadOffset("/file", 2, 3)).asString().isEqualTo("234");
    assertThat(downloadOffset("/file", 8, 100)).asString().isEqualTo("89");
    assertThat(downloadOffset("/file", 100, 5)).isEmpty();
    assertThat(downloadOffset("/file", 0, 0)).isEmpty();
    assertThat(downloadOffset("/file", 0, Long.MAX_VALUE)).hasSize(10);
    assertThat(downloadOffset("/dev/zero", 7, 600_000)).hasSize(600_000).containsOnly(0);
    assertFails("EINVAL", () -> downloadOffset("/file", -1, 1));
    assertFails("EINVAL", () -> downloadOffset("/file", 1, -1));
  }

  @Test
  void downloadNeedsAFile() throws Exception {
    Root.exec("mkfifo", guest.path("/fifo").toString());

    assertFails("EISDIR", () -> download("/")).hasMessageContaining("Is a directory");
    assertFails("EISDIR", () -> downloadOffset("/", 0, 1));
    assertFails("ENOENT", () -> download("/nothing")).hasMessageContaining("/nothing");
    assertFails("EINVAL", () -> download("/fifo")).hasMessageContaining("not a regular file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../secret", "../../../../secret", "/secret"})
  void noLinkLeadsOut(String target) throws IOException {
    Files.createSymbolicLink(guest.path("/evil"), Path.of(target));

    upload("/evil", bytes("inside"));

    assertThat(guest.path("/secret")).hasContent("inside");
    assertThat(download("/evil")).asString().isEqualTo("inside");
    uploadOffset("/evil", "IN", 0);
    assertThat(downloadOffset("/evil", 0, 3)).asString().isEqualTo("INs");
    assertThat(guest.outside("secret")).hasContent(ServedGuest.SECRET);
  }

  @Test
  void base64BecomesContent() {
    guest.library().upload(TransferDescriptors.BASE64_IN, bytes("aGVsbG8K\n"), null, "/file");
    assertThat(guest.path("/file")).hasContent("hello\n");

    guest.library().upload(TransferDescriptors.BASE64_IN, bytes("aG Vs\r\n-bG8="), null, "/file");
    assertThat(guest.path("/file")).hasContent("hello");
    guest.library().upload(TransferDescriptors.BASE64_IN, new byte[0], null, "/file");
    assertThat(guest.path("/file")).isEmptyFile();
    assertFails("", () -> base64In("aGVsb", "/file")).hasMessageContaining("invalid input");
    assertFails("ENOENT", () -> base64In("aGVsbG8K", "/no/file"));
    assertFails("EISDIR", () -> base64In("aGVsbG8K", "/"));
    guest.run(DaemonDescriptors.PING_DAEMON);
  }

  @Test
  void contentBecomesBase64() {
    byte[] content = new byte[500_000];
    new Random(SEED).nextBytes(content);
    upload("/file", content);
    upload("/empty", new byte[0]);

    byte[] base64 = guest.library().download(TransferDescriptors.BASE64_OUT, null, "/file");
    assertThat(base64).asString().matches("([A-Za-z0-9+/]{76}\n)+[A-Za-z0-9+/]+=*\n");
    guest.library().upload(TransferDescriptors.BASE64_IN, base64, null, "/copy");
    assertThat(guest.path("/copy")).hasBinaryContent(content);
    assertThat(guest.library().download(TransferDescriptors.BASE64_OUT, null, "/empty")).isEmpty();
    assertFails(
        "EISDIR", () -> guest.library().download(TransferDescriptors.BASE64_OUT, null, "/"));
  }

  private void base64In(String base64, String path) {
    guest.library().upload(TransferDescriptors.BASE64_IN, bytes(base64), null, path);
  }

  @Test
  void namesAreBytes() {
    upload("/\udce9\n\"", bytes("text"));

    assertThat(download("/\udce9\n\"")).asString().isEqualTo("text");
  }

  private void upload(String path, byte[] content) {
    guest.library().upload(TransferDescriptors.UPLOAD, content, null, path);
  }

  private void uploadOffset(String path, String content, long offset) {
    guest.library().upload(TransferDescriptors.UPLOAD_OFFSET, bytes(content), null, path, offset);
  }

  private byte[] download(String path) {
    return guest.library().download(TransferDescriptors.DOWNLOAD, null, path);
  }

  private byte[] downloadOffset(String path, long offset, long size) {
    return guest.library().download(TransferDescriptors.DOWNLOAD_OFFSET, null, path, offset, size);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
