package io.guestfs.storage;

import static io.guestfs.storage.StorageMachine.assertFails;
import static io.guestfs.storage.StorageMachine.await;
import static io.guestfs.storage.StorageMachine.bytes;
import static io.guestfs.storage.StorageMachine.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.Guestfs;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

/**
 * What is uploaded is there, wherever it begins and ends: whole pages go past the page cache, which
 * may hold what was there before, and the rest goes through it.
 */
@ExtendWith(StorageMachine.class)
@Timeout(300)
class UploadIntegrationTests {
  private static final String DEVICE = "/dev/sda";
  private static final String FILE = "/file";
  private static final int PAGE = 4096;
  private static final int MEGABYTE = 1024 * 1024;
  private static final int LONGEST = 3 * MEGABYTE;
  private static final int ROUNDS = 12;

  private final long seed = Long.getLong("guestfs.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Guestfs g;

  UploadIntegrationTests(Guestfs g) {
    this.g = g;
  }

  @ParameterizedTest
  @ValueSource(strings = {"ext2", "ext4", "xfs", "btrfs", "vfat"})
  void contentOfFiles(String type) {
    await(g.mkfs(type, DEVICE));
    await(g.mount(DEVICE, "/"));
    for (int round = 0; round < ROUNDS; round++) {
      byte[] content = randomBytes(length());
      await(g.upload(pieces(content), FILE));
      requireContent(FILE, content);

      for (int patch = 0; patch < 2; patch++) {
        content = patched(content, FILE, offset(content.length));
        requireContent(FILE, content);
      }
    }
    await(g.umountAll());
    await(g.mount(DEVICE, "/"));
    byte[] last = get(g.readFile(FILE));
    await(g.upload(pieces(last), FILE));
    requireContent(FILE, last);
  }

  @Test
  void contentOfDevices() {
    byte[] content = get(g.preadDevice(DEVICE, 2 * LONGEST, 0));
    for (int round = 0; round < ROUNDS; round++) {
      content = patched(content, DEVICE, offset(LONGEST));
      assertThat(get(g.preadDevice(DEVICE, content.length, 0)))
          .as("seed %d", seed)
          .isEqualTo(content);
    }
  }

  @Test
  void theEndOfADevice() {
    long size = get(g.blockdevGetsize64(DEVICE));
    byte[] content = randomBytes(MEGABYTE);
    await(g.uploadOffset(pieces(content), DEVICE, size - MEGABYTE));
    assertThat(get(g.preadDevice(DEVICE, MEGABYTE, size - MEGABYTE)))
        .as("seed %d", seed)
        .isEqualTo(content);

    assertFails("ENOSPC", g.uploadOffset(pieces(content), DEVICE, size - MEGABYTE / 2));
  }

  /** What had room is written, and nothing else is in the file. */
  @Test
  void aFileSystemWithoutSpace() {
    await(g.mkfs("ext4", "/dev/sdc"));
    await(g.mount("/dev/sdc", "/"));
    byte[] content = randomBytes(StorageMachine.SDC_MEGABYTES * MEGABYTE);
    assertFails("ENOSPC", g.upload(pieces(content), FILE));
    byte[] written = get(g.readFile(FILE));
    assertThat(written)
        .as("seed %d", seed)
        .hasSizeGreaterThan(MEGABYTE)
        .isEqualTo(Arrays.copyOf(content, written.length));
  }

  /** Writes over a part, having had the cache hold what was there. */
  private byte[] patched(byte[] content, String file, int offset) {
    byte[] patch = randomBytes(length());
    await(g.uploadOffset(pieces(patch), file, offset));
    byte[] result = Arrays.copyOf(content, Math.max(content.length, offset + patch.length));
    System.arraycopy(patch, 0, result, offset, patch.length);
    return result;
  }

  /** Read in two ways, of which one takes it into the cache. */
  private void requireContent(String file, byte[] content) {
    assertThat(get(g.readFile(file))).as("seed %d", seed).isEqualTo(content);
    assertThat(bytes(g.download(file))).as("seed %d", seed).isEqualTo(content);
    assertThat(get(g.filesize(file))).isEqualTo(content.length);
  }

  /** Of whole pages, of whole blocks of disks, or of neither. */
  private int length() {
    return rounded(1 + random.nextInt(LONGEST));
  }

  private int offset(int limit) {
    return rounded(random.nextInt(limit));
  }

  private int rounded(int number) {
    return switch (random.nextInt(3)) {
      case 0 -> number;
      case 1 -> number / 512 * 512;
      default -> number / PAGE * PAGE;
    };
  }

  private byte[] randomBytes(int length) {
    byte[] result = new byte[length];
    random.nextBytes(result);
    return result;
  }

  /** In pieces of all lengths, which have nothing to do with how it is written. */
  private Flux<ByteBuffer> pieces(byte[] content) {
    List<ByteBuffer> pieces = new ArrayList<>();
    int most = PAGE + random.nextInt(MEGABYTE);
    for (int at = 0; at < content.length; ) {
      int length = Math.min(1 + random.nextInt(most), content.length - at);
      pieces.add(ByteBuffer.wrap(content, at, length).slice());
      at += length;
    }
    return Flux.fromIterable(pieces);
  }
}
