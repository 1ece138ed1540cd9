package io.guestfs.appliance.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.appliance.ApplianceConfigurationException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtSuperblockTests {

  private static final UUID EXPECTED = UUID.fromString("df33327d-2a30-4dda-8989-1eb3d422b96f");

  @TempDir Path directory;

  @Test
  void readsTheUuid() throws IOException {
    assertThat(ExtSuperblock.readUuid(image(4096))).isEqualTo(EXPECTED);
  }

  @Test
  void refusesWhatIsTooShort() throws IOException {
    Path image = image(1024 + 0x68 + 15);
    assertThatThrownBy(() -> ExtSuperblock.readUuid(image))
        .isInstanceOf(ApplianceConfigurationException.class)
        .hasMessageContaining("not an ext2");
  }

  @Test
  void refusesOtherFileSystems() throws IOException {
    Path image = Files.write(directory.resolve("root"), new byte[4096]);
    assertThatThrownBy(() -> ExtSuperblock.readUuid(image))
        .isInstanceOf(ApplianceConfigurationException.class)
        .hasMessageContaining("not an ext2");
  }

  private Path image(int length) throws IOException {
    byte[] bytes = new byte[length];
    bytes[1024 + 0x38] = 0x53;
    bytes[1024 + 0x39] = (byte) 0xef;
    ByteBuffer.wrap(bytes)
        .position(1024 + 0x68)
        .put(hex("df33327d2a304dda89891eb3d422b96f"), 0, Math.min(16, length - 1024 - 0x68));
    return Files.write(directory.resolve("root"), bytes);
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
