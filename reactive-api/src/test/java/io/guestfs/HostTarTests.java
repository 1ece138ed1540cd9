package io.guestfs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.TarHeader.MemberType;
import io.guestfs.protocol.xdr.GuestString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives are exchanged with tar(1), and made up where it would not make them. */
class HostTarTests {

  @TempDir Path host;

  private Path tree;
  private Path copy;

  @BeforeEach
  void makeFolders() throws IOException {
    tree = Files.createDirectory(host.resolve("tree"));
    copy = Files.createDirectory(host.resolve("copy"));
  }

  private void fillTree() throws IOException {
    Path deep = Files.createDirectories(tree.resolve("d".repeat(90) + "/" + "e".repeat(90)));
    Path file = Files.write(deep.resolve("file\n"), new byte[513]);
    Files.setAttribute(file, "unix:mode", 0640);
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("1960-02-03T04:05:06Z")));
    Files.createLink(deep.resolve("hard"), file);
    Files.createSymbolicLink(deep.resolve("link"), Path.of("x".repeat(200)));
    Files.write(tree.resolve("block"), new byte[1024]);
    Files.createFile(tree.resolve("empty"));
    Files.createDirectory(tree.resolve("sub"));
    Files.setAttribute(tree.resolve("sub"), "unix:mode", 0555);
    Files.setLastModifiedTime(tree.resolve("sub"), FileTime.from(Instant.EPOCH));
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), ISO_8859_1);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  /**
   * What there is: names, types, permissions, owners, numbers of names, times in seconds; of links
   * what they say, for Java cannot give them a time.
   */
  private static List<String> describe(Path folder) throws IOException, InterruptedException {
    String links = "%P %y %U %G %l\\0";
    String others = "%P %y %m %U %G %n %T@\\0";
    String found =
        run(
            "find",
            folder.toString(),
            "-mindepth",
            "1",
            "-type",
            "l",
            "-printf",
            links,
            "-o",
            "-mindepth",
            "1",
            "-printf",
            others);
    return Arrays.stream(found.split("\0"))
        .map(line -> line.replaceFirst("\\.\\d+$", ""))
        .sorted()
        .toList();
  }

  private static byte[] archiveOf(Path source) throws IOException {
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    try (HostTarSource channel = new HostTarSource(source)) {
      ByteBuffer piece = ByteBuffer.allocate(700);
      while (channel.read(piece.clear()) >= 0) {
        archive.write(piece.array(), 0, piece.position());
      }
    }
    return archive.toByteArray();
  }

  private boolean unpack(byte[] archive) throws IOException {
    return unpack(archive, archive.length);
  }

  private boolean unpack(byte[] archive, int piece) throws IOException {
    HostTarSink sink = new HostTarSink(copy);
    try (sink) {
      for (int at = 0; at < archive.length; at += piece) {
        sink.write(ByteBuffer.wrap(archive, at, Math.min(piece, archive.length - at)));
      }
    }
    return sink.isComplete();
  }

  @Test
  void tarUnpacksWhatWasRead() throws Exception {
    fillTree();
    Path archive = Files.write(host.resolve("archive"), archiveOf(tree));

    run("tar", "-C", copy.toString(), "-xpf", archive.toString());

    run("diff", "-r", "--no-dereference", tree.toString(), copy.resolve("tree").toString());
    assertThat(describe(copy.resolve("tree"))).isEqualTo(describe(tree));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gnu", "posix", "oldgnu"})
  void whatTarPackedIsUnpacked(String format) throws Exception {
    fillTree();
    Path archive = host.resolve("archive");
    run("tar", "-C", tree.toString(), "--format=" + format, "-cf", archive.toString(), ".");
    long seed = new Random().nextLong();
    int piece = 1 + new Random(seed).nextInt(2000);

    assertThat(unpack(Files.readAllBytes(archive), piece)).isTrue();

    run("diff", "-r", "--no-dereference", tree.toString(), copy.toString());
    assertThat(describe(copy)).as("seed %d", seed).isEqualTo(describe(tree));
  }

  @Test
  void whatIsThereIsReplacedButDirectoriesStay() throws Exception {
    Files.writeString(tree.resolve("file"), "new");
    Files.createSymbolicLink(tree.resolve("link"), Path.of("new"));
    Files.createDirectory(tree.resolve("sub"));
    Files.createDirectory(tree.resolve("wasLink"));
    Files.writeString(copy.resolve("file"), "a longer text");
    Files.createSymbolicLink(copy.resolve("link"), Path.of("old"));
    Files.createDirectory(copy.resolve("sub"));
    Files.writeString(copy.resolve("sub/kept"), "kept");
    Files.createSymbolicLink(copy.resolve("wasLink"), host);
    Path archive = host.resolve("archive");
    run("tar", "-C", tree.toString(), "-cf", archive.toString(), ".");

    unpack(Files.readAllBytes(archive));

    assertThat(copy.resolve("file")).hasContent("new");
    assertThat(Files.readSymbolicLink(copy.resolve("link"))).hasToString("new");
    assertThat(copy.resolve("sub/kept")).hasContent("kept");
    assertThat(Files.isDirectory(copy.resolve("wasLink"), LinkOption.NOFOLLOW_LINKS)).isTrue();
  }

  private static byte[] archive(byte[]... parts) {
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      archive.writeBytes(part);
    }
    archive.writeBytes(new byte[2 * TarHeader.BLOCK]);
    return archive.toByteArray();
  }

  private static byte[] member(String name, MemberType type, String linkName) {
    return new TarHeader(name, type, 0700, 0, 0, 0, 0, linkName, 0).encode();
  }

  @Test
  void noLinkOfTheArchiveLeadsOut() throws IOException {
    Path outside = Files.createDirectory(host.resolve("outside"));
    byte[] link = member("./evil", MemberType.SYMLINK, outside.toString());

    assertThatThrownBy(() -> unpack(archive(link, member("./evil/file", MemberType.REGULAR, ""))))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("evil");
    assertThatThrownBy(() -> unpack(archive(link, member("./evil/sub/", MemberType.DIRECTORY, ""))))
        .isInstanceOf(FileSystemException.class);
    assertThatThrownBy(
            () -> unpack(archive(link, member("./hard", MemberType.LINK, "./evil/secret"))))
        .isInstanceOf(FileSystemException.class);
    unpack(archive(link, member("./evil", MemberType.REGULAR, "")));
    assertThat(Files.isRegularFile(copy.resolve("evil"), LinkOption.NOFOLLOW_LINKS)).isTrue();
    unpack(archive(member("./evil", MemberType.SYMLINK, outside.toString())));
    unpack(archive(member("./evil/", MemberType.DIRECTORY, "")));
    assertThat(Files.isDirectory(copy.resolve("evil"), LinkOption.NOFOLLOW_LINKS)).isTrue();
    assertThat(outside).isEmptyDirectory();
    assertThat(Files.getAttribute(outside, "unix:mode")).isNotEqualTo(040700);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../file", "./../file", "sub/../../file", "sub/..", ".."})
  void noNameLeadsOut(String name) throws IOException {
    for (MemberType type : List.of(MemberType.REGULAR, MemberType.DIRECTORY, MemberType.SYMLINK)) {
      byte[] archive =
          archive(member("sub/", MemberType.DIRECTORY, ""), member(name, type, "target"));

      assertThatThrownBy(() -> unpack(archive)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(host.resolve("file")).doesNotExist();
  }

  @Test
  void anAbsoluteNameIsOneBelowTheFolder() throws IOException {
    unpack(archive(member("/file", MemberType.REGULAR, "")));

    assertThat(copy.resolve("file")).isEmptyFile();
  }

  @Test
  void aNameThatTheHostCannotCarryIsRefused() {
    assertThatThrownBy(() -> unpack(archive(member("./caf\udce9", MemberType.REGULAR, ""))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not text on this host");
    assertThatThrownBy(() -> unpack(archive(member("./link", MemberType.SYMLINK, "caf\udce9"))))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("not text on this host");
  }

  @Test
  void whatCannotBeMadeIsRefused() {
    for (MemberType type :
        List.of(MemberType.CHARACTER, MemberType.BLOCK_DEVICE, MemberType.FIFO)) {
      assertThatThrownBy(() -> unpack(archive(member("./node", type, ""))))
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining("node")
          .hasMessageContaining("device");
    }
  }

  @Test
  void aDamagedArchiveIsAnError() throws IOException {
    byte[] good = archive(member("./file", MemberType.REGULAR, ""));
    byte[] unknown = member("./file", MemberType.REGULAR, "");
    unknown[156] = 'S';
    byte[] flipped = good.clone();
    flipped[0] ^= 1;
    byte[] greedy = new TarHeader("x", MemberType.ATTRIBUTES, 0, 0, 0, 1 << 20, 0, "", 0).encode();

    assertThatThrownBy(() -> unpack(flipped)).hasMessageContaining("checksum");
    assertThatThrownBy(() -> unpack(archive(resummed(unknown)))).hasMessageContaining("type 'S'");
    assertThatThrownBy(() -> unpack(archive(greedy))).hasMessageContaining("too much");
    for (String attributes :
        List.of("99 path=x\n", "5 path=x\n", "7path=x\n", "x path=x\n", "-9 path=x\n", "12")) {
      assertThatThrownBy(() -> unpack(archive(described(attributes))))
          .as(attributes)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("damaged");
    }
    assertThat(unpack(Arrays.copyOf(good, 512))).isFalse();
    assertThat(unpack(Arrays.copyOf(good, 100))).isFalse();
    assertThat(unpack(good)).isTrue();
  }

  private static byte[] resummed(byte[] block) {
    int sum = 8 * ' ';
    for (int i = 0; i < block.length; i++) {
      sum += i >= 148 && i < 156 ? 0 : block[i];
    }
    System.arraycopy("%06o\0 ".formatted(sum).getBytes(ISO_8859_1), 0, block, 148, 8);
    return block;
  }

  private static byte[] described(String attributes) {
    byte[] content = Arrays.copyOf(GuestString.encode(attributes), TarHeader.BLOCK);
    byte[] head =
        new TarHeader("x", MemberType.ATTRIBUTES, 0, 0, 0, attributes.length(), 0, "", 0).encode();
    byte[] both = Arrays.copyOf(head, head.length + content.length);
    System.arraycopy(content, 0, both, head.length, content.length);
    return both;
  }

  @Test
  void largeNumbersSurvive() throws IOException {
    TarHeader header =
        new TarHeader("name", MemberType.REGULAR, 07777, 1L << 31, 5, 1L << 40, -1, "link", 0);

    assertThat(TarHeader.decode(header.encode())).isEqualTo(header);
  }

  @Test
  void aFileThatShrinksMeanwhileIsAnError() throws IOException {
    Path file = Files.write(tree.resolve("file"), new byte[100_000]);
    try (HostTarSource source = new HostTarSource(file)) {
      assertThat(source.read(ByteBuffer.allocate(TarHeader.BLOCK))).isEqualTo(TarHeader.BLOCK);
      Files.write(file, new byte[1000]);

      assertThatThrownBy(() -> source.read(ByteBuffer.allocate(200_000)))
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining("shorter");
    }
  }

  @Test
  void aNameOfTheHostThatIsNoTextIsRefused() throws Exception {
    run("sh", "-c", "touch \"$(printf '%s/caf\\351' \"$0\")\"", tree.toString());

    assertThatThrownBy(() -> archiveOf(tree))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("not text");
    run("sh", "-c", "rm \"$0\"/caf*", tree.toString());
  }

  @Test
  void pipesAreCopiedAndSocketsLeftOut() throws Exception {
    run("mkfifo", tree.resolve("fifo").toString());
    Path socket = tree.resolve("socket");
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      Path archive = Files.write(host.resolve("archive"), archiveOf(tree));

      assertThat(run("tar", "-tvf", archive.toString()).lines())
          .anyMatch(line -> line.startsWith("p") && line.endsWith("tree/fifo"))
          .noneMatch(line -> line.contains("socket"));
    }
  }
}
