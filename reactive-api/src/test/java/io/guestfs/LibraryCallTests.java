package io.guestfs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.calls.Dirent;
import io.guestfs.calls.Stat;
import io.guestfs.calls.StatNS;
import io.guestfs.calls.Version;
import io.guestfs.calls.XAttr;
import io.guestfs.calls.wire.AttributeDescriptors;
import io.guestfs.calls.wire.DirectoryDescriptors;
import io.guestfs.calls.wire.DirentStruct;
import io.guestfs.calls.wire.FileDescriptors;
import io.guestfs.calls.wire.InternalDescriptors;
import io.guestfs.calls.wire.RetiredDescriptors;
import io.guestfs.calls.wire.TransferDescriptors;
import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.LibraryCall;
import io.guestfs.protocol.call.ResultType;
import io.guestfs.protocol.frame.ProtocolConstants;
import io.guestfs.protocol.xdr.XdrWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls that the library makes of others. */
@Timeout(60)
class LibraryCallTests {

  private final ScriptedDaemon daemon = new ScriptedDaemon();
  private final Guestfs g = daemon.guestfs;

  @AfterEach
  void nothingLeaked() {
    daemon.assertNothingLeaked();
  }

  private void answerDownload(String path, byte[]... chunks) {
    ScriptedDaemon.Received call = daemon.expect(TransferDescriptors.DOWNLOAD);
    assertThat(call.argument(0)).isEqualTo(path);
    call.reply(null);
    daemon.sendChunks(chunks);
    daemon.sendEndOfFile();
  }

  @Test
  void catKeepsBytesThatAreNoText() {
    Recorder<String> cat = Recorder.of(g.cat("/etc/motd"));
    answerDownload("/etc/motd", "caf".getBytes(UTF_8), "é".getBytes(ISO_8859_1));
    assertThat(cat.values()).containsExactly("caf\uDCE9");
  }

  /** Those of libguestfs up to 1.48 send a slash before it. */
  @Test
  void findGivesNamesWithoutPrefixWhateverTheDaemonSends() {
    Recorder<String> names = Recorder.of(g.find("/a"));
    ScriptedDaemon.Received call = daemon.expect(DirectoryDescriptors.FIND0);
    assertThat(call.argument(0)).isEqualTo("/a");
    call.reply(null);
    daemon.sendChunks("/b\0/b/c\0d\0".getBytes(UTF_8));
    daemon.sendEndOfFile();
    assertThat(names.values()).containsExactly("b", "b/c", "d");
  }

  @Test
  void readFileOfAnEmptyFileIsEmpty() {
    Recorder<byte[]> content = Recorder.of(g.readFile("/a"));
    answerDownload("/a");
    assertThat(content.values()).containsExactly(new byte[0]);
  }

  @Test
  void aPathThatLooksLikeADeviceIsStillAPath() {
    Recorder<byte[]> content = Recorder.of(g.readFile("/dev/sda"));
    answerDownload("/./dev/sda", new byte[] {1});
    content.assertComplete();
  }

  @Test
  void contentThatIsTooLargeToHoldNamesTheAlternativeAndFreesTheHandle() {
    Recorder<byte[]> content = Recorder.of(g.readFile("/a"));
    daemon.expect(TransferDescriptors.DOWNLOAD).reply(null);
    byte[][] megabyte = new byte[128][ProtocolConstants.CHUNK_MAX];
    for (int sent = 0; sent < WholeContent.MAX; sent += 1 << 20) {
      daemon.sendChunks(megabyte);
      content.assertNothingYet();
    }
    daemon.sendChunks(new byte[] {1});
    CallFailedException error = content.assertError(CallFailedException.class);
    assertThat(error.errnoName()).isEqualTo("EFBIG");
    assertThat(error).hasMessageContaining("/a").hasMessageContaining("download");
    daemon.expectCancelFlag();
    daemon.sendCancelChunk();
    daemon.assertInStep();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"a\\nb|a,b", "a\\nb\\n|a,b", "a\\r\\nb\\r|a,b", "\\n|''", "a\\n\\nb|a,,b"})
  void readLinesLeavesTheEndsOut(String content, String lines) {
    Recorder<String> read = Recorder.of(g.readLines("/a"));
    answerDownload("/a", content.replace("\\n", "\n").replace("\\r", "\r").getBytes(UTF_8));
    assertThat(read.values()).containsExactly(lines.split(",", -1));
    read.assertComplete();
  }

  @Test
  void noLinesAreInAnEmptyFile() {
    Recorder<String> read = Recorder.of(g.readLines("/a"));
    answerDownload("/a");
    assertThat(read.values()).isEmpty();
    read.assertComplete();
  }

  @Test
  void writeOfLittleIsOneMessage() {
    Recorder<Void> write = Recorder.of(g.write("/a", new byte[FileLibrary.INLINE_MAX]));
    daemon.expect(InternalDescriptors.INTERNAL_WRITE).reply(null);
    write.assertComplete();
  }

  @Test
  void writeOfMuchIsAnUpload() {
    Recorder<Void> write = Recorder.of(g.write("/dev/a", new byte[FileLibrary.INLINE_MAX + 1]));
    ScriptedDaemon.Received call = daemon.expect(TransferDescriptors.UPLOAD);
    assertThat(call.argument(0)).isEqualTo("/./dev/a");
    int sent = 0;
    while (sent <= FileLibrary.INLINE_MAX) {
      sent += daemon.expectChunk().length;
    }
    daemon.expectEndOfFile();
    call.reply(null);
    write.assertComplete();
  }

  @Test
  void lsSortsByBytes() {
    Recorder<String> ls = Recorder.of(g.ls("/etc"));
    ScriptedDaemon.Received call = daemon.expect(DirectoryDescriptors.LS0);
    assertThat(call.argument(0)).isEqualTo("/etc");
    call.reply(null);
    daemon.sendChunks("b\0a\0\uD83D\uDE00\0\uFFFD\0A\0".getBytes(UTF_8));
    daemon.sendEndOfFile();
    assertThat(ls.values()).containsExactly("A", "a", "b", "\uFFFD", "\uD83D\uDE00");
  }

  @Test
  void findGivesPathsThatLeaveTheHandleFree() {
    Recorder<Boolean> found = Recorder.of(g.find("/").concatMap(path -> g.exists("/" + path)));
    daemon.expect(DirectoryDescriptors.FIND0).reply(null);
    daemon.sendChunks("etc/passwd\0etc\0".getBytes(UTF_8));
    daemon.sendEndOfFile();
    daemon.expect(AttributeDescriptors.EXISTS).reply(true);
    ScriptedDaemon.Received second = daemon.expect(AttributeDescriptors.EXISTS);
    assertThat(second.argument(0)).isEqualTo("/etc/passwd");
    second.reply(false);
    assertThat(found.values()).containsExactly(true, false);
    found.assertComplete();
  }

  @Test
  void readdirLeavesEntriesInTheirOrder() {
    Recorder<Dirent> entries = Recorder.of(g.readdir("/etc"));
    daemon.expect(InternalDescriptors.INTERNAL_READDIR).reply(null);
    List<Dirent> sent =
        List.of(new Dirent(2, 'd', "."), new Dirent(7, 'r', "b"), new Dirent(5, 'l', "aaaaa"));
    ByteBuf stream = Unpooled.buffer();
    for (Dirent entry : sent) {
      ResultType.struct(DirentStruct.TYPE).write(new XdrWriter(stream), entry);
    }
    // The stream is cut into chunks anywhere.
    byte[] bytes = ByteBufUtil.getBytes(stream);
    daemon.sendChunks(Arrays.copyOf(bytes, 21));
    daemon.sendChunks(Arrays.copyOfRange(bytes, 21, bytes.length));
    daemon.sendEndOfFile();
    assertThat(entries.values()).isEqualTo(sent);
  }

  @Test
  void readdirFallsBackOnAnOlderProcedure() {
    Recorder<Dirent> entries = Recorder.of(g.readdir("/etc"));
    daemon.expect(InternalDescriptors.INTERNAL_READDIR).fail("", "unknown procedure number 511");
    daemon
        .expect(RetiredDescriptors.READDIR)
        .reply(List.of(new Dirent(7, 'r', "b"), new Dirent(2, 'd', "a")));
    assertThat(entries.values()).containsExactly(new Dirent(7, 'r', "b"), new Dirent(2, 'd', "a"));
  }

  @Test
  void readdirOfWhatIsNotThereIsNotTriedAgain() {
    Recorder<Dirent> entries = Recorder.of(g.readdir("/etc"));
    daemon.expect(InternalDescriptors.INTERNAL_READDIR).fail("ENOENT", "/etc: gone");
    entries.assertError(CallFailedException.class);
    daemon.expectNothing();
  }

  @Test
  void readdirOfGarbageIsAnError() {
    Recorder<Dirent> entries = Recorder.of(g.readdir("/etc"));
    daemon.expect(InternalDescriptors.INTERNAL_READDIR).reply(null);
    daemon.sendChunks(new byte[] {1, 2, 3, 4, 5});
    daemon.sendEndOfFile();
    assertThat(entries.assertError(CallFailedException.class).errnoName()).isEqualTo("EPROTO");
    daemon.assertInStep();
  }

  private static StatNS file(long inode) {
    long[] f = LongStream.rangeClosed(0, 22).map(i -> i == 1 ? inode : i).toArray();
    return new StatNS(
        f[0], f[1], f[2], f[3], f[4], f[5], f[6], f[7], f[8], f[9], f[10], f[11], f[12], f[13],
        f[14], f[15], f[16], f[17], f[18], f[19], f[20], f[21]);
  }

  @Test
  @SuppressWarnings("deprecation") // until it is removed, it works
  void statAndLstatAreThoseWithNanosecondsWithoutThem() {
    Recorder<Stat> stat = Recorder.of(g.stat("/a"));
    daemon.expect(AttributeDescriptors.STATNS).reply(file(1));
    assertThat(stat.values()).containsExactly(new Stat(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14));
    Recorder<Stat> lstat = Recorder.of(g.lstat("/a"));
    daemon.expect(AttributeDescriptors.LSTATNS).reply(file(1));
    assertThat(lstat.values()).isEqualTo(stat.values());
  }

  @Test
  void lstatnslistGoesInBatchesAndKeepsTheOrder() {
    int count = NameBatches.NAMES_PER_CALL + 1;
    List<String> names = IntStream.range(0, count).mapToObj(String::valueOf).toList();
    Recorder<StatNS> files = Recorder.of(g.lstatnslist("/a", names));
    ScriptedDaemon.Received first = daemon.expect(InternalDescriptors.INTERNAL_LSTATNSLIST);
    assertThat(first.fileNames(1)).isEqualTo(names.subList(0, count - 1));
    first.reply(Collections.nCopies(count - 1, file(1)));
    ScriptedDaemon.Received second = daemon.expect(InternalDescriptors.INTERNAL_LSTATNSLIST);
    assertThat(second.fileNames(1)).isEqualTo(names.subList(count - 1, count));
    second.reply(List.of(file(-1)));
    List<StatNS> expected = new ArrayList<>(Collections.nCopies(count - 1, file(1)));
    expected.add(file(-1));
    assertThat(files.values()).isEqualTo(expected);
    files.assertComplete();
  }

  @Test
  @SuppressWarnings("deprecation") // until it is removed, it works
  void lstatlistIsLstatnslistWithoutNanoseconds() {
    Recorder<Stat> files = Recorder.of(g.lstatlist("/a", List.of("x", "y")));
    daemon.expect(InternalDescriptors.INTERNAL_LSTATNSLIST).reply(List.of(file(-1), file(7)));
    assertThat(files.values()).extracting(Stat::ino).containsExactly(-1L, 7L);
  }

  @Test
  void readlinklistGoesInBatches() {
    List<String> names = Collections.nCopies(NameBatches.NAMES_PER_CALL + 1, "x");
    Recorder<String> links = Recorder.of(g.readlinklist("/a", names));
    ScriptedDaemon.Received first = daemon.expect(InternalDescriptors.INTERNAL_READLINKLIST);
    assertThat(first.fileNames(1)).isEqualTo(names.subList(1, names.size()));
    first.reply(Collections.nCopies(names.size() - 1, "to"));
    daemon.expect(InternalDescriptors.INTERNAL_READLINKLIST).reply(List.of(""));
    assertThat(links.values()).hasSize(names.size()).startsWith("to").endsWith("");
    links.assertComplete();
  }

  @Test
  void aReplyThatIsTooLargeIsAskedForInHalves() {
    Recorder<XAttr> attributes = Recorder.of(g.lxattrlist("/a", List.of("x", "y", "z")));
    daemon.expect(InternalDescriptors.INTERNAL_LXATTRLIST).fail("E2BIG", "too large");
    ScriptedDaemon.Received one = daemon.expect(InternalDescriptors.INTERNAL_LXATTRLIST);
    assertThat(one.fileNames(1)).isEqualTo(List.of("x"));
    one.reply(List.of(new XAttr("", new byte[] {'0'})));
    ScriptedDaemon.Received two = daemon.expect(InternalDescriptors.INTERNAL_LXATTRLIST);
    assertThat(two.fileNames(1)).isEqualTo(List.of("y", "z"));
    two.fail("E2BIG", "too large");
    daemon
        .expect(InternalDescriptors.INTERNAL_LXATTRLIST)
        .reply(List.of(new XAttr("", new byte[] {'1'}), new XAttr("user.a", new byte[0])));
    daemon.expect(InternalDescriptors.INTERNAL_LXATTRLIST).fail("E2BIG", "z alone is too large");
    assertThat(attributes.values()).extracting(XAttr::attrname).containsExactly("", "", "user.a");
    assertThat(attributes.assertError(CallFailedException.class))
        .hasMessageContaining("z alone is too large");
  }

  @Test
  void otherErrorsOfAListAreNotTriedAgain() {
    Recorder<XAttr> attributes = Recorder.of(g.lxattrlist("/a", List.of("x", "y")));
    daemon.expect(InternalDescriptors.INTERNAL_LXATTRLIST).fail("ENOTDIR", "/a: no directory");
    attributes.assertError(CallFailedException.class);
    daemon.expectNothing();
  }

  @Test
  void writeAppendOfMuchGoesInPieces() {
    byte[] content = new byte[2 * FileLibrary.APPENDED_MAX + 1];
    content[FileLibrary.APPENDED_MAX] = 1;
    Recorder<Void> append = Recorder.of(g.writeAppend("/a", content));
    int[] sizes = {FileLibrary.APPENDED_MAX, FileLibrary.APPENDED_MAX, 1};
    for (int i = 0; i < sizes.length; i++) {
      ScriptedDaemon.Received call = daemon.expect(InternalDescriptors.INTERNAL_WRITE_APPEND);
      byte[] piece = (byte[]) Objects.requireNonNull(call.argument(1));
      assertThat(piece).hasSize(sizes[i]);
      assertThat(piece[0]).isEqualTo((byte) (i == 1 ? 1 : 0));
      call.reply(null);
    }
    append.assertComplete();
  }

  @Test
  void writeAppendOfNothingIsOneCall() {
    Recorder<Void> append = Recorder.of(g.writeAppend("/a", new byte[0]));
    daemon.expect(InternalDescriptors.INTERNAL_WRITE_APPEND).reply(null);
    append.assertComplete();
  }

  @Test
  void availableNamesTheFirstGroupThatIsMissing() {
    Recorder<Void> available = Recorder.of(g.available(List.of("lvm2", "zfs", "xfs")));
    daemon.expect(InternalDescriptors.INTERNAL_FEATURE_AVAILABLE).reply(0);
    daemon.expect(InternalDescriptors.INTERNAL_FEATURE_AVAILABLE).reply(1);
    CallFailedException error = available.assertError(CallFailedException.class);
    assertThat(error.errnoName()).isEqualTo("ENOTSUP");
    assertThat(error).hasMessageContaining("zfs");
    daemon.expectNothing();
  }

  @Test
  void availableCompletesWhenAllAre() {
    Recorder<Void> available = Recorder.of(g.available(List.of("lvm2")));
    daemon.expect(InternalDescriptors.INTERNAL_FEATURE_AVAILABLE).reply(0);
    available.assertComplete();
  }

  @ParameterizedTest
  @CsvSource({"0,true", "1,false"})
  void featureAvailableAnswers(int answer, boolean expected) {
    Recorder<Boolean> available = Recorder.of(g.featureAvailable(List.of("lvm2")));
    daemon.expect(InternalDescriptors.INTERNAL_FEATURE_AVAILABLE).reply(answer);
    assertThat(available.values()).containsExactly(expected);
  }

  @Test
  void aFeatureGroupThatNobodyKnowsIsAnError() {
    Recorder<Boolean> available = Recorder.of(g.featureAvailable(List.of("lvm3")));
    daemon.expect(InternalDescriptors.INTERNAL_FEATURE_AVAILABLE).reply(2);
    assertThat(available.assertError(CallFailedException.class))
        .hasMessageContaining("lvm3")
        .hasMessageContaining("unknown");
  }

  @Test
  void theVersionIsThatOfTheNewestCall() {
    Version version = LibraryVersion.current();
    List<Integer> numbers =
        Stream.of(version.major(), version.minor(), version.release()).map(Long::intValue).toList();
    String newest =
        Arrays.stream(Guestfs.class.getMethods())
            .flatMap(LibraryCallTests::since)
            .max(Arrays::compare)
            .map(Arrays::toString)
            .orElseThrow();
    assertThat(newest).isEqualTo(numbers.toString());
    assertThat(version.extra()).startsWith("-reactor-guestfs-").doesNotContain("$");
  }

  private static Stream<int[]> since(Method method) {
    Call call = method.getAnnotation(Call.class);
    LibraryCall library = method.getAnnotation(LibraryCall.class);
    return Stream.of(call == null ? "" : call.since(), library == null ? "" : library.since())
        .filter(version -> !version.isEmpty())
        .map(version -> Pattern.compile("\\.").splitAsStream(version))
        .map(numbers -> numbers.mapToInt(Integer::parseInt).toArray());
  }

  @Test
  void aRelativePathIsTheDaemonsToRefuse() {
    Recorder<Void> touch = Recorder.of(g.touch("a"));
    daemon.expect(FileDescriptors.TOUCH).fail("EINVAL", "a: the path must start with /");
    assertThat(touch.assertError(CallFailedException.class)).hasMessageContaining("a: the path");
  }
}
