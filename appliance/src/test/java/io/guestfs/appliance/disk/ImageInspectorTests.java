package io.guestfs.appliance.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.guestfs.appliance.ApplianceConfigurationException;
import io.guestfs.appliance.DiskFormat;
import io.guestfs.appliance.Drive;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ImageInspectorTests {

  @TempDir Path directory;

  private Path file(String name) {
    return directory.resolve(name);
  }

  private static ImageChain inspect(Drive.Builder drive) {
    Drive built = drive.build();
    return ImageInspector.inspect(Path.of(built.source().toString()), built);
  }

  private static void assertRefused(Drive.Builder drive, String... fragments) {
    assertThatThrownBy(() -> inspect(drive))
        .isInstanceOf(ApplianceConfigurationException.class)
        .hasMessageContainingAll(fragments);
  }

  @ParameterizedTest
  @CsvSource({
    "QED, QED",
    "COWD, VMDK",
    "vhdxfile, VHDX",
    "conectix, VPC",
    "WithoutFreeSpace, PARALLELS",
    "WithouFreSpacExt, PARALLELS",
    "LUKS\u00ba\u00be, RAW",
    "QFI, RAW",
    "hello, RAW"
  })
  void tellsFormats(String magic, DiskFormat format) throws IOException {
    Path image = Images.startingWith(file("image"), magic);
    assertThat(inspect(Drive.local(image)).format()).isEqualTo(format);
  }

  @Test
  void tellsFormatsWithoutMagicAtTheStart() throws IOException {
    byte[] vdi = new byte[512];
    ByteBuffer.wrap(vdi).putInt(0x40, Integer.reverseBytes(0xbeda107f));
    Files.write(file("vdi"), vdi);
    assertThat(inspect(Drive.local(file("vdi"))).format()).isEqualTo(DiskFormat.VDI);
    Files.write(file("tiny"), new byte[1]);
    assertThat(inspect(Drive.local(file("tiny"))).format()).isEqualTo(DiskFormat.RAW);
    Images.vmdk(file("vmdk"), 1, "createType=\"monolithicSparse\"");
    assertThat(inspect(Drive.local(file("vmdk"))).format()).isEqualTo(DiskFormat.VMDK);
    Images.qcow2(file("qcow2"));
    assertThat(inspect(Drive.local(file("qcow2"))).format()).isEqualTo(DiskFormat.QCOW2);
    Images.startingWith(file("qcow"), "QFI\u00fb\0\0\0\1");
    assertThat(inspect(Drive.local(file("qcow"))).format()).isEqualTo(DiskFormat.QCOW);
  }

  @Test
  void refusesContentThatContradictsTheStatedFormat() throws IOException {
    Images.raw(file("raw"));
    assertRefused(
        Drive.local(file("raw")).format(DiskFormat.QCOW2),
        file("raw").toString(),
        "said to be qcow2, but looks like raw");
    Images.qcow2(file("qcow2"));
    assertRefused(Drive.local(file("qcow2")).format(DiskFormat.VMDK), "looks like qcow2");
  }

  @Test
  void takesRawAtItsWord() throws IOException {
    Images.qcow2(file("nested"), "/etc/shadow", "raw", null);
    ImageChain chain = inspect(Drive.local(file("nested")).format(DiskFormat.RAW));
    assertThat(chain.format()).isEqualTo(DiskFormat.RAW);
    assertThat(chain.backing()).isNull();
  }

  @Test
  void refusesWhatIsNoImage() throws Exception {
    assertRefused(Drive.local(file("absent")), file("absent").toString(), "does not exist");
    assertRefused(Drive.local(directory), directory.toString(), "is a directory");
    Files.createFile(file("empty"));
    assertRefused(Drive.local(file("empty")), file("empty").toString(), "is empty");
    assertRefused(Drive.local(Path.of("/dev/null")), "neither a file nor a block device");
    // To open a FIFO would block for ever.
    assertThat(new ProcessBuilder("mkfifo", file("fifo").toString()).start().waitFor()).isZero();
    assertRefused(Drive.local(file("fifo")), "neither a file nor a block device");
  }

  @Test
  void refusesWhatMayNotBeOpened() throws IOException {
    Images.raw(file("raw"));
    Files.setPosixFilePermissions(file("raw"), PosixFilePermissions.fromString("r--------"));
    assumeThat(Files.isWritable(file("raw"))).as("root may write everything").isFalse();
    assertRefused(Drive.local(file("raw")), "may not be written", "read-only");
    assertThat(inspect(Drive.local(file("raw")).readOnly(true)).format()).isEqualTo(DiskFormat.RAW);
    Files.setPosixFilePermissions(file("raw"), PosixFilePermissions.fromString("---------"));
    assertRefused(Drive.local(file("raw")).readOnly(true), "may not be read");
  }

  @Test
  void refusesReferencesToOtherFiles() throws IOException {
    Images.qcow2(file("backed"), "/etc/shadow", "raw", null);
    assertRefused(Drive.local(file("backed")), "backing image \"/etc/shadow\"", "allow");
    Images.qcow2(file("data"), null, null, "/etc/shadow");
    assertRefused(Drive.local(file("data")), "data file \"/etc/shadow\"", "allow");
    Images.startingWith(file("descriptor"), "# Disk DescriptorFile\nRW 1 FLAT \"/etc/shadow\" 0");
    assertRefused(Drive.local(file("descriptor")), "several files");
    Images.vmdk(file("hollow"), 0, "RW 1 FLAT \"/etc/shadow\" 0");
    assertRefused(Drive.local(file("hollow")), "capacity");
    Images.vmdk(file("child"), 1, "parentFileNameHint=\"/etc/shadow\"");
    assertRefused(Drive.local(file("child")), "parent");
    qed(file("qed"));
    assertRefused(Drive.local(file("qed")).backingChain(true), "supported for qcow2 only");
  }

  private static void qed(Path path) throws IOException {
    byte[] bytes = new byte[512];
    bytes[0] = 'Q';
    bytes[1] = 'E';
    bytes[2] = 'D';
    bytes[16] = 1;
    Files.write(path, bytes);
  }

  @Test
  void followsChainsThatAreAllowed() throws IOException {
    Images.raw(file("base"));
    Images.qcow2(file("middle"), "base", null, null);
    Images.qcow2(file("top"), file("middle").toString(), "qcow2", "data");
    ImageChain top = inspect(Drive.local(file("top")).backingChain(true));
    assertThat(top)
        .isEqualTo(
            new ImageChain(
                file("top"),
                false,
                DiskFormat.QCOW2,
                file("data"),
                new ImageChain(
                    file("middle"),
                    false,
                    DiskFormat.QCOW2,
                    null,
                    new ImageChain(file("base"), false, DiskFormat.RAW, null, null))));
  }

  @Test
  void refusesChainsThatAreBroken() throws IOException {
    Images.qcow2(file("orphan"), "absent", "raw", null);
    assertRefused(
        Drive.local(file("orphan")).backingChain(true), file("absent") + " does not exist");
    Images.qcow2(file("loop"), "loop", "qcow2", null);
    assertRefused(Drive.local(file("loop")).backingChain(true), "a loop");
    Images.qcow2(file("strange"), "base", "nbd", null);
    assertRefused(Drive.local(file("strange")).backingChain(true), "\"nbd\" is not known");
    Images.qcow2(file("nameless"), null, null, "");
    assertRefused(Drive.local(file("nameless")).backingChain(true), "not the name of a file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"json:{\"driver\":\"file\"}", "nbd://host/x", "fat:/etc", "ssh:x"})
  void refusesBackingImagesThatAreNoFiles(String name) throws IOException {
    Images.qcow2(file("top"), name, "raw", null);
    assertRefused(Drive.local(file("top")).backingChain(true), name, "not the name of a file");
  }

  @Test
  void refusesHeadersThatLie() throws IOException {
    ByteBuffer head = ByteBuffer.wrap(Files.readAllBytes(Images.qcow2(file("image"))));
    head.putLong(8, 1024).putInt(16, Integer.MAX_VALUE);
    Files.write(file("image"), head.array());
    assertRefused(Drive.local(file("image")), "length of 2147483647");
    head.putLong(8, -1).putInt(16, 10);
    Files.write(file("image"), head.array());
    assertRefused(Drive.local(file("image")), "cannot be inspected");
    head.putLong(8, 0).putInt(4, 9);
    Files.write(file("image"), head.array());
    assertRefused(Drive.local(file("image")), "version 9");
    head.putInt(4, 3).putInt(32, 2);
    Files.write(file("image"), head.array());
    assertRefused(Drive.local(file("image")), "encrypted");
  }

  @Test
  void randomHeadsNeitherHangNorFailOtherwise() throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String[] magics = {"QFI\u00fb\0\0\0\3", "QFI\u00fb\0\0\0\1", "QED\0", "KDMV"};
    for (int i = 0; i < 2000; i++) {
      byte[] bytes = new byte[2048];
      random.nextBytes(bytes);
      byte[] magic = magics[i % magics.length].getBytes(StandardCharsets.ISO_8859_1);
      System.arraycopy(magic, 0, bytes, 0, magic.length);
      Files.write(file("random"), bytes);
      try {
        inspect(Drive.local(file("random")).backingChain(random.nextBoolean()));
      } catch (ApplianceConfigurationException refused) {
        assertThat(refused).as("seed %d", seed).hasMessageContaining("random");
      }
    }
  }
}
