package io.guestfs.daemon.executable;

import static io.guestfs.daemon.linux.OpenFlags.O_RDONLY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.tool.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FileArchitectureTests {
  private static final long SEED = 1;

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "true, false, 183, aarch64",
    "false, false, 40, arm",
    "false, false, 3, i386",
    "true, false, 50, ia64",
    "true, false, 258, loongarch64",
    "false, false, 8, mipsel",
    "true, true, 21, ppc64",
    "true, false, 21, ppc64le",
    "false, true, 20, ppc",
    "true, false, 243, riscv64",
    "false, false, 243, riscv32",
    "true, true, 22, s390x",
    "false, true, 22, s390",
    "false, true, 18, sparc",
    "false, true, 2, sparc",
    "true, true, 43, sparc64",
    "true, false, 62, x86_64"
  })
  void elfFilesNameTheirProcessor(boolean is64Bit, boolean bigEndian, int machine, String name)
      throws IOException {
    assertThat(architecture(Binaries.elf(is64Bit, bigEndian, 2, machine))).isEqualTo(name);
    assertThat(architecture(Binaries.elf(is64Bit, bigEndian, 3, machine))).isEqualTo(name);
    assertThat(architecture(Binaries.elf(is64Bit, bigEndian, 1, machine))).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({"0x14c, i386", "0x8664, x86_64", "0xaa64, aarch64", "0x1c4, arm"})
  void peFilesNameTheirProcessor(String machine, String name) throws IOException {
    assertThat(architecture(Binaries.pe(Integer.decode(machine)))).isEqualTo(name);
  }

  @Test
  void whatIsNoProgramIsAnError() throws IOException {
    byte[] core = Binaries.elf(true, false, 4, 62);
    byte[] unknown = Binaries.elf(true, false, 2, 9999);
    byte[] torn = {'M', 'Z', 0};
    byte[] farAway = Binaries.pe(0x14c);
    farAway[63] = 0x7f;
    byte[] random = new byte[100_000];
    new Random(SEED).nextBytes(random);
    random[0] = 'x';
    byte[] archive = Binaries.cpio("etc/ls", Binaries.x86());
    byte[] script = Binaries.cpio("bin/ls", new byte[] {'#', '!'});
    byte[] bare = Binaries.cpio("bin/ls", new byte[0]);

    for (byte[] content :
        new byte[][] {{}, core, unknown, torn, farAway, random, archive, script, bare}) {
      assertThatThrownBy(() -> architecture(content))
          .isInstanceOf(CallException.class)
          .hasMessageContaining("neither a program nor");
    }
  }

  @Test
  void aProgramBehindSomethingElseIsNoProgram() throws IOException {
    byte[] content = Binaries.concat(new byte[4096], Binaries.x86());

    assertThatThrownBy(() -> architecture(content)).isInstanceOf(CallException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bin/nash", "./sbin/x", "usr/bin/ls", "/usr/sbin/init"})
  void anInitialRamDiskIsForItsPrograms(String name) throws IOException {
    assertThat(architecture(Binaries.cpio(name, Binaries.x86()))).isEqualTo("x86_64");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "bzip2", "xz", "zstd", "lz4", "lzop"})
  void contentMayBePacked(String program) throws IOException, InterruptedException {
    byte[] program64 = Binaries.elf(true, false, 2, 183);
    byte[] archive = Binaries.cpio("bin/ls", Binaries.x86());

    assertThat(architecture(pack(program, program64))).isEqualTo("aarch64");
    assertThat(architecture(pack(program, archive))).isEqualTo("x86_64");
  }

  @Test
  void anInitialRamDiskMayBeginWithMicrocode() throws IOException, InterruptedException {
    byte[] microcode = Binaries.cpio("kernel/x86/microcode/GenuineIntel.bin", new byte[200_001]);
    byte[] programs = Binaries.cpio("usr/bin/sh", Binaries.x86());

    assertThat(architecture(Binaries.concat(microcode, programs))).isEqualTo("x86_64");
    assertThat(architecture(Binaries.concat(microcode, new byte[512], pack("gzip", programs))))
        .isEqualTo("x86_64");
  }

  @Test
  void noMoreIsUnpackedThanIsNeeded() throws IOException, InterruptedException {
    byte[] large = Binaries.concat(Binaries.x86(), new byte[100_000_000]);

    assertThat(architecture(pack("gzip", large))).isEqualTo("x86_64");
  }

  @Test
  void whatCannotBeUnpackedIsAnError() throws IOException, InterruptedException {
    byte[] torn = pack("gzip", Binaries.concat(new byte[8], Binaries.x86()));
    torn[torn.length - 5] ^= 1;

    assertThatThrownBy(() -> architecture(torn))
        .isInstanceOf(CallException.class)
        .hasMessageContaining("gzip");
  }

  private String architecture(byte[] content) throws IOException {
    Path path = Files.write(directory.resolve("file"), content);
    try (Fd file = Fd.open(path.toString(), O_RDONLY, 0)) {
      return FileArchitecture.of(file);
    }
  }

  private byte[] pack(String program, byte[] content) throws IOException, InterruptedException {
    assumeTrue(Tool.isInstalled(program), program + " is not installed");
    Path plain = Files.write(directory.resolve("plain"), content);
    Path packed = directory.resolve("packed");
    Process process =
        new ProcessBuilder(program, "-c")
            .redirectInput(plain.toFile())
            .redirectOutput(packed.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(process.waitFor()).isZero();
    return Files.readAllBytes(packed);
  }
}
