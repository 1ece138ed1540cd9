package io.guestfs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.calls.StatNS;
import io.guestfs.calls.wire.DaemonDescriptors;
import io.guestfs.calls.wire.DirectoryDescriptors;
import io.guestfs.calls.wire.InternalDescriptors;
import io.guestfs.protocol.frame.ProtocolConstants;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TreeWalkTests {

  private static final StatNS FILE = stat(1, 0100644);
  private static final StatNS DIRECTORY = stat(2, 040755);
  private static final StatNS LINK = stat(3, 0120777);
  private static final StatNS ABSENT = stat(-1, 0);

  private static final int MANY = 100_000;
  private static final int DEEP = 500;

  private final ScriptedDaemon daemon = new ScriptedDaemon();
  private final Guestfs g = daemon.guestfs;

  @AfterEach
  void nothingLeaked() {
    daemon.assertNothingLeaked();
  }

  private static StatNS stat(long inode, long mode) {
    return new StatNS(0, inode, mode, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  private void answerNames(String directory, String... names) {
    ScriptedDaemon.Received call = daemon.expect(DirectoryDescriptors.LS0);
    assertThat(call.argument(0)).isEqualTo(directory);
    call.reply(null);
    byte[] all =
        Arrays.stream(names).map(name -> name + "\0").collect(Collectors.joining()).getBytes(UTF_8);
    for (int at = 0; at < all.length; at += ProtocolConstants.CHUNK_MAX) {
      daemon.sendChunks(
          Arrays.copyOfRange(all, at, Math.min(all.length, at + ProtocolConstants.CHUNK_MAX)));
    }
    daemon.sendEndOfFile();
  }

  private void answerAttributes(String directory, List<String> names, StatNS... files) {
    ScriptedDaemon.Received call = daemon.expect(InternalDescriptors.INTERNAL_LSTATNSLIST);
    assertThat(call.argument(0)).isEqualTo(directory);
    assertThat(call.fileNames(1)).isEqualTo(names);
    call.reply(List.of(files));
  }

  @Test
  void goesDownBeforeItGoesOn() {
    Recorder<TreeEntry> walk = Recorder.of(g.walk("/"));
    answerNames("/", "z", "dir", "link");
    answerAttributes("/", List.of("dir", "link", "z"), DIRECTORY, LINK, FILE);
    answerNames("/dir", "empty", "x");
    answerAttributes("/dir", List.of("empty", "x"), DIRECTORY, FILE);
    answerNames("/dir/empty");

    assertThat(walk.values())
        .containsExactly(
            new TreeEntry("/dir", DIRECTORY),
            new TreeEntry("/dir/empty", DIRECTORY),
            new TreeEntry("/dir/x", FILE),
            new TreeEntry("/link", LINK),
            new TreeEntry("/z", FILE));
    walk.assertComplete();
  }

  @Test
  void whatHasGoneIsLeftOut() {
    Recorder<TreeEntry> walk = Recorder.of(g.walk("/a"));
    answerNames("/a", "b", "c", "d");
    answerAttributes("/a", List.of("b", "c", "d"), DIRECTORY, ABSENT, DIRECTORY);
    daemon.expect(DirectoryDescriptors.LS0).fail("ENOENT", "/a/b: gone");
    daemon.expect(DirectoryDescriptors.LS0).fail("ENOTDIR", "/a/d: a file now");

    assertThat(walk.values()).extracting(TreeEntry::path).containsExactly("/a/b", "/a/d");
    walk.assertComplete();
  }

  @Test
  void otherErrorsEndTheWalk() {
    Recorder<TreeEntry> missing = Recorder.of(g.walk("/no"));
    daemon.expect(DirectoryDescriptors.LS0).fail("ENOENT", "/no: nothing there");
    assertThat(missing.assertError(CallFailedException.class)).hasMessageContaining("/no");

    Recorder<TreeEntry> broken = Recorder.of(g.walk("/a"));
    answerNames("/a", "b");
    answerAttributes("/a", List.of("b"), DIRECTORY);
    daemon.expect(DirectoryDescriptors.LS0).fail("EIO", "/a/b: bad sector");
    assertThat(broken.values()).hasSize(1);
    assertThat(broken.assertError(CallFailedException.class).errnoName()).isEqualTo("EIO");
  }

  @Test
  void noCallIsOpenBetweenEntries() {
    Recorder<String> walk =
        Recorder.of(g.walk("/").concatMap(entry -> g.pingDaemon().thenReturn(entry.path())));
    answerNames("/", "a", "b");
    answerAttributes("/", List.of("a", "b"), FILE, FILE);
    daemon.expect(DaemonDescriptors.PING_DAEMON).reply(null);
    daemon.expect(DaemonDescriptors.PING_DAEMON).reply(null);
    assertThat(walk.values()).containsExactly("/a", "/b");
  }

  @Test
  void littleIsAskedForThatNobodyWants() {
    Recorder<TreeEntry> walk = Recorder.of(g.walk("/"), 1);
    answerNames("/", "a", "b");
    answerAttributes("/", List.of("a", "b"), DIRECTORY, FILE);
    assertThat(walk.values()).hasSize(1);
    // The entry that comes next is asked for already, and no more.
    answerNames("/a", "x", "y");
    answerAttributes("/a", List.of("x", "y"), DIRECTORY, FILE);
    daemon.expectNothing();

    walk.request(1);
    answerNames("/a/x");
    assertThat(walk.values()).extracting(TreeEntry::path).containsExactly("/a", "/a/x");

    walk.cancel();
    Recorder<Void> next = Recorder.of(g.pingDaemon());
    daemon.expect(DaemonDescriptors.PING_DAEMON).reply(null);
    next.assertComplete();
  }

  @Test
  void aHugeDirectoryIsAskedForInPieces() {
    String[] names =
        IntStream.range(0, MANY).mapToObj("file%06d"::formatted).toArray(String[]::new);
    Recorder<TreeEntry> walk = Recorder.of(g.walk("/"), 10);
    answerNames("/", names);
    int batch = NameBatches.NAMES_PER_CALL;
    StatNS[] files = Collections.nCopies(batch, FILE).toArray(StatNS[]::new);
    answerAttributes("/", Arrays.asList(names).subList(0, batch), files);
    assertThat(walk.values()).hasSize(10);
    daemon.expectNothing();
    walk.cancel();
  }

  @Test
  void aDeepTreeIsWalkedToItsEnd() {
    Recorder<Long> walk = Recorder.of(g.walk("/").count());
    StringBuilder path = new StringBuilder("/");
    for (int i = 0; i < DEEP; i++) {
      answerNames(path.toString(), "d");
      answerAttributes(path.toString(), List.of("d"), DIRECTORY);
      path.append(i == 0 ? "d" : "/d");
    }
    answerNames(path.toString());
    assertThat(walk.values()).containsExactly((long) DEEP);
  }

  @Test
  void aDirectoryBeyondTheLimitNamesTheAlternative() {
    Recorder<TreeEntry> walk = Recorder.of(g.walk("/huge"));
    daemon.expect(DirectoryDescriptors.LS0).reply(null);
    byte[][] megabyte = new byte[128][ProtocolConstants.CHUNK_MAX];
    for (int sent = 0; sent <= WholeContent.MAX; sent += 1 << 20) {
      daemon.sendChunks(megabyte);
    }
    CallFailedException error = walk.assertError(CallFailedException.class);
    assertThat(error.errnoName()).isEqualTo("EFBIG");
    assertThat(error).hasMessageContaining("/huge").hasMessageContaining("ls0");
    daemon.expectCancelFlag();
    daemon.sendCancelChunk();
    daemon.assertInStep();
  }
}
