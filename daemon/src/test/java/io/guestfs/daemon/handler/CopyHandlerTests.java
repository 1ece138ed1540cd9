package io.guestfs.daemon.handler;

import static io.guestfs.daemon.handler.ServedGuest.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.calls.CopyFileToFileOptions;
import io.guestfs.calls.wire.CopyDescriptors;
import io.guestfs.calls.wire.LinkDescriptors;
import io.guestfs.calls.wire.SpaceDescriptors;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CopyHandlerTests {
  private static final long SEED = 1;
  private static final CopyFileToFileOptions NONE = CopyFileToFileOptions.defaults();

  @RegisterExtension final ServedGuest guest = new ServedGuest();

  @BeforeEach
  void source() throws IOException {
    Files.writeString(guest.path("/src"), "0123456789");
  }

  @Test
  void aFileIsMadeAndNotCutOff() throws IOException {
    copy(NONE);
    assertThat(guest.path("/dest")).hasContent("0123456789");

    Files.writeString(guest.path("/dest"), "abcdefghijklmno");
    copy(NONE);
    assertThat(guest.path("/dest")).hasContent("0123456789klmno");
  }

  @Test
  void rangesAreCopied() throws IOException {
    Files.writeString(guest.path("/dest"), "abcdef");
    copy(NONE.srcoffset(2).destoffset(4).size(3));
    assertThat(guest.path("/dest")).hasContent("abcd234");
    copy(NONE.srcoffset(8).destoffset(9));
    assertThat(guest.path("/dest")).hasContent("abcd234\0\00089");
    copy(NONE.srcoffset(100));
    copy(NONE.size(0));
    assertThat(guest.path("/dest")).hasContent("abcd234\0\00089");
  }

  @Test
  void aSourceThatIsTooShortIsAnError() {
    assertFails("EINVAL", () -> copy(NONE.size(11))).hasMessageContaining("/src");
    assertFails("EINVAL", () -> copy(NONE.srcoffset(8).size(3)));
    assertFails("EINVAL", () -> copy(NONE.size(-1)));
    assertFails("EINVAL", () -> copy(NONE.srcoffset(-1)));
    assertFails("EINVAL", () -> copy(NONE.destoffset(-1)));
  }

  @Test
  void appendingGoesBehindWhatIsThere() {
    copy(NONE.append(true).srcoffset(8));
    copy(NONE.append(true).size(2).destoffset(100));
    assertThat(guest.path("/dest")).hasContent("8901");
  }

  @Test
  void aFileAppendedToItselfIsDoubled() {
    guest.run(LinkDescriptors.LN, "/src", "/dest");
    copy(NONE.append(true));
    assertThat(guest.path("/src")).hasContent("01234567890123456789");
    copy(NONE.srcoffset(15));
    assertThat(guest.path("/src")).hasContent("56789567890123456789");
  }

  @ParameterizedTest
  @ValueSource(ints = {1 << 18, 1_000_000, 1_048_576})
  void sparseCopiesAreTheSame(int size) throws IOException {
    byte[] content = new byte[size];
    new Random(SEED).nextBytes(content);
    // Whole pieces of zeroes in the middle and at the end.
    Arrays.fill(content, size / 4, size, (byte) 0);
    content[size / 2] = 1;
    Files.write(guest.path("/src"), content);

    copy(NONE.sparse(true));

    assertThat(guest.path("/dest")).hasBinaryContent(content);
    copy(NONE.sparse(true).append(true));
    assertThat(Files.size(guest.path("/dest"))).isEqualTo(2L * size);
    assertThat(Files.mismatch(guest.path("/dest"), guest.path("/src"))).isEqualTo(size);
  }

  @Test
  void sparseSkipsZeroesOfTheSource() throws IOException {
    Files.write(guest.path("/src"), new byte[1 << 20]);

    copy(NONE.sparse(true));

    assertThat(Files.size(guest.path("/dest"))).isEqualTo(1 << 20);
    assertThat(guest.call(SpaceDescriptors.DU, "/dest")).isLessThan(100);
  }

  @Test
  void copySizeTakesTheStart() {
    guest.run(CopyDescriptors.COPY_SIZE, "/src", "/dest", 5L);
    assertThat(guest.path("/dest")).hasContent("01234");
    assertFails("EINVAL", () -> guest.run(CopyDescriptors.COPY_SIZE, "/src", "/dest", 11L));
    assertFails("EINVAL", () -> guest.run(CopyDescriptors.COPY_SIZE, "/src", "/dest", -1L));
  }

  @Test
  void ddReplaces() throws IOException {
    Files.writeString(guest.path("/dest"), "something that is longer");

    guest.run(CopyDescriptors.DD, "/src", "/dest");

    assertThat(guest.path("/dest")).hasContent("0123456789");
    assertFails("EINVAL", () -> guest.run(CopyDescriptors.DD, "/src", "/src"));
    assertThat(guest.path("/src")).hasContent("0123456789");
  }

  @Test
  void onlyContentIsCopiedAndLinksStayInside() throws IOException {
    Files.createDirectory(guest.path("/dir"));
    guest.run(LinkDescriptors.LN_S, "../secret", "/out");

    assertFails("EISDIR", () -> guest.run(CopyDescriptors.DD, "/dir", "/dest"));
    assertFails("ENOENT", () -> guest.run(CopyDescriptors.DD, "/out", "/dest"));
    guest.run(CopyDescriptors.DD, "/src", "/out");
    assertThat(guest.outside("secret")).hasContent(ServedGuest.SECRET);
    assertThat(guest.path("/secret")).hasContent("0123456789");
  }

  private void copy(CopyFileToFileOptions options) {
    assertThat(
            guest
                .library()
                .call(CopyDescriptors.COPY_FILE_TO_FILE, options, new Object[] {"/src", "/dest"}))
        .isNull();
  }
}
