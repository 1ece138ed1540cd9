package io.guestfs.daemon.device;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VolumeActivationTests {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void theLabelIsInOneOfFourSectors(int sector) {
    assertThat(VolumeActivation.hasLabel(labelAt(512 * sector))).isTrue();
  }

  @Test
  void aLabelElsewhereIsNone() {
    assertThat(VolumeActivation.hasLabel(ByteBuffer.allocate(2048))).isFalse();
    assertThat(VolumeActivation.hasLabel(labelAt(513))).isFalse();
  }

  private static ByteBuffer labelAt(int offset) {
    return ByteBuffer.allocate(2048).put(offset, "LABELONE".getBytes(US_ASCII));
  }
}
