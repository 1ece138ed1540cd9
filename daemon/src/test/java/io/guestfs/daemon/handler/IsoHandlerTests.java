package io.guestfs.daemon.handler;

import static io.guestfs.daemon.handler.ServedGuest.assertFails;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.calls.ISOInfo;
import io.guestfs.calls.wire.IsoDescriptors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The primary volume descriptor is put together after ECMA-119, 8.4, which counts from 1. */
@Timeout(60)
class IsoHandlerTests {
  private static final int SECTOR = 2048;
  private static final int DESCRIPTOR = 16 * SECTOR;

  @RegisterExtension final ServedGuest guest = new ServedGuest();

  private final byte[] image = new byte[18 * SECTOR];

  private void text(int first, int last, String text) {
    Arrays.fill(image, DESCRIPTOR + first - 1, DESCRIPTOR + last, (byte) ' ');
    put(first, text.getBytes(US_ASCII));
  }

  private void put(int first, byte... bytes) {
    System.arraycopy(bytes, 0, image, DESCRIPTOR + first - 1, bytes.length);
  }

  private void both(int first, int number, int bytes) {
    ByteBuffer at = ByteBuffer.wrap(image, DESCRIPTOR + first - 1, 2 * bytes);
    if (bytes == 4) {
      at.order(ByteOrder.LITTLE_ENDIAN).putInt(number).order(ByteOrder.BIG_ENDIAN).putInt(number);
    } else {
      at.order(ByteOrder.LITTLE_ENDIAN).putShort((short) number);
      at.order(ByteOrder.BIG_ENDIAN).putShort((short) number);
    }
  }

  private ISOInfo info() throws IOException {
    Files.write(guest.path("/image.iso"), image);
    return guest.call(IsoDescriptors.ISOINFO, "/image.iso");
  }

  private void makeDescriptor() {
    put(1, (byte) 1, (byte) 'C', (byte) 'D', (byte) '0', (byte) '0', (byte) '1', (byte) 1);
    text(9, 40, "LINUX");
    text(41, 72, "A VOLUME");
    both(81, -2, 4);
    both(121, 1, 2);
    both(125, 2, 2);
    both(129, 2048, 2);
    text(191, 318, "");
    text(319, 446, "P".repeat(128));
    text(447, 574, "PREPARER");
    text(575, 702, "APPLICATION");
    text(703, 739, "COPY.TXT");
    text(740, 776, "ABSTRACT.TXT");
    text(777, 813, "BIBLIO.TXT");
    time(814, "2024022923595999", 4);
    time(831, "1969123123000000", -4);
    time(848, "0000000000000000", 0);
    time(865, "20241301000000 0", 0);
  }

  private void time(int first, String digits, int quartersOfAnHour) {
    put(first, digits.getBytes(US_ASCII));
    put(first + 16, (byte) quartersOfAnHour);
  }

  @Test
  void allThatIsInTheHead() throws IOException {
    makeDescriptor();

    assertThat(info())
        .isEqualTo(
            new ISOInfo(
                "LINUX",
                "A VOLUME",
                0xfffffffeL,
                1,
                2,
                2048,
                "",
                "P".repeat(128),
                "PREPARER",
                "APPLICATION",
                "COPY.TXT",
                "ABSTRACT.TXT",
                "BIBLIO.TXT",
                Instant.parse("2024-02-29T22:59:59Z").getEpochSecond(),
                Instant.parse("1970-01-01T00:00:00Z").getEpochSecond(),
                -1,
                -1));
  }

  @Test
  void whatIsNoIsoIsRefused() throws IOException {
    assertFails("EINVAL", this::info).hasMessageContaining("/image.iso");
    makeDescriptor();
    put(1, (byte) 2);
    assertFails("EINVAL", this::info);
    put(1, (byte) 1, (byte) 'c');
    assertFails("EINVAL", this::info);
    Files.write(guest.path("/short"), new byte[100]);
    assertFails("EINVAL", () -> guest.call(IsoDescriptors.ISOINFO, "/short"));
    assertFails("ENOENT", () -> guest.call(IsoDescriptors.ISOINFO, "/nothing"));
    assertFails("EISDIR", () -> guest.call(IsoDescriptors.ISOINFO, "/"));
    assertFails("EINVAL", () -> guest.call(IsoDescriptors.ISOINFO_DEVICE, "/dev/zero"))
        .hasMessageContaining("/dev/zero");
  }
}
