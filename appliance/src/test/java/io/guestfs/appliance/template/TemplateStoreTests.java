package io.guestfs.appliance.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.appliance.host.HostProgram;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateStoreTests {

  private static final long MEMORY_BYTES = 1 << 20;

  @TempDir Path cache;
  private TemplateStore store;

  @BeforeEach
  void open() {
    store = TemplateStore.open(cache);
  }

  @Test
  void keepsTheTemplatesThatWereUsedLast() throws IOException {
    List<Template> made = new ArrayList<>();
    Instant start = Instant.now().minus(Duration.ofHours(1));
    for (int i = 0; i < TemplateStore.KEPT; i++) {
      Template template = make("key" + i);
      used(template, start.plusSeconds(i));
      made.add(template);
    }
    used(made.get(0), start.plusSeconds(100));
    make("another");
    assertThat(made.get(0).directory()).isDirectory();
    assertThat(made.get(1).directory()).doesNotExist();
    assertThat(made.subList(2, made.size()))
        .allSatisfy(template -> assertThat(template.directory()).isDirectory());
  }

  @Test
  void removesWhatNobodyUsedForLong() throws IOException {
    Template old = make("old");
    used(old, Instant.now().minus(Duration.ofDays(8)));
    make("new");
    assertThat(old.directory()).doesNotExist();
  }

  @Test
  void whatNobodyCompletedIsRemovedByTheNextAndNeverFound() {
    Path begun = store.begin("key", MEMORY_BYTES);
    assertThat(store.find("key")).isNull();
    Template template = make("key");
    assertThat(begun).doesNotExist();
    assertThat(store.find("key")).hasToString(template.toString());
  }

  @Test
  void doesNotTakeOneForAnother() throws IOException {
    Template template = make("key");
    Path renamed = cache.resolve("templates/other-" + Long.toString(1, 36));
    Files.move(template.directory(), renamed);
    assertThatThrownBy(() -> store.find("other"))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("its key is not what was saved");
    assertThat(renamed).doesNotExist();
  }

  @Test
  void aWarmOneTakesThePlaceOfTheFresh() {
    Template fresh = make("key");
    assertThat(fresh.isWarm()).isFalse();
    Template warm = warm("key", fresh);
    assertThat(warm.isWarm()).isTrue();
    assertThat(fresh.isGone()).isTrue();
    assertThat(warm.isGone()).isFalse();
    assertThat(store.find("key")).hasToString(warm.toString());
  }

  @Test
  void aWarmOneIsFoundBeforeAFreshOne() throws IOException {
    Template fresh = make("key");
    Path kept = cache.resolve("kept");
    Files.move(fresh.directory(), kept);
    Template warm = warm("key", make("key"));
    Files.move(kept, fresh.directory());
    assertThat(store.find("key")).hasToString(warm.toString());
  }

  @Test
  void aCopyOfTheMemoryHasItsContentAndItsHoles() throws IOException {
    Path begun = store.begin("key", MEMORY_BYTES);
    byte[] content = "content".getBytes(StandardCharsets.US_ASCII);
    try (FileChannel ram = FileChannel.open(TemplateStore.ram(begun), StandardOpenOption.WRITE)) {
      ram.write(ByteBuffer.wrap(content), MEMORY_BYTES / 2);
    }
    Template fresh = store.publish(begun, "key", Warmth.FRESH, "7.2", new byte[] {1});
    Path copy = TemplateStore.ram(store.beginWith("key", fresh));
    assertThat(Files.mismatch(fresh.ram(), copy)).isEqualTo(-1);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
        .isEqualTo("rw-------");
    HostProgram.Result blocks =
        HostProgram.run(List.of("stat", "--format=%b %B", copy.toString()), Duration.ofMinutes(1));
    String[] product = blocks.output().split(" ");
    assertThat(Long.parseLong(product[0]) * Long.parseLong(product[1])).isLessThan(MEMORY_BYTES);
  }

  @Test
  void nothingIsMadeOfOneThatWasWrittenTo() throws IOException {
    Template fresh = make("key");
    Files.writeString(fresh.ram(), "x");
    assertThatThrownBy(() -> store.beginWith("key", fresh))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("its memory is not what was saved");
    assertThat(entries(".new-*")).isEmpty();
  }

  @Test
  void whoMakesAFreshOneLeavesAloneWhoWarmsAnother() throws IOException {
    Path warming = store.beginWith("key", make("key"));
    make("another");
    assertThat(warming).isDirectory();
    Files.setLastModifiedTime(warming, FileTime.from(Instant.now().minus(Duration.ofHours(3))));
    make("third");
    assertThat(warming).doesNotExist();
  }

  @Test
  void whatWarmedAndDiedIsRemovedByTheNextThatWarms() {
    Template fresh = make("key");
    Path interrupted = store.beginWith("key", fresh);
    warm("key", fresh);
    assertThat(interrupted).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"warmth=hot", "warmth=", ""})
  void aRecordThatDoesNotSayHowWarmItIsIsDamaged(String line) throws IOException {
    Path record = make("key").directory().resolve("template.properties");
    String text = Files.readString(record);
    assertThat(text).contains("warmth=fresh");
    Files.writeString(record, text.replace("warmth=fresh", line));
    assertThatThrownBy(() -> store.find("key"))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("does not say how warm it is");
    assertThat(entries("key-*")).isEmpty();
  }

  @Test
  void whoRemovesLeavesNothingBehind() throws IOException {
    Template template = make("key");
    store.discard(template);
    assertThat(entries("*")).isEmpty();
  }

  private Template warm(String key, Template fresh) {
    return store.publish(
        store.beginWith(key, fresh), key, Warmth.WARM, "7.2", new byte[] {4, 5, 6});
  }

  private List<Path> entries(String glob) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(cache.resolve("templates"), glob)) {
      entries.forEach(found::add);
    }
    return found;
  }

  private Template make(String key) {
    Path begun = store.begin(key, MEMORY_BYTES);
    return store.publish(begun, key, Warmth.FRESH, "7.2", new byte[] {1, 2, 3});
  }

  private static void used(Template template, Instant when) throws IOException {
    Files.setLastModifiedTime(template.directory(), FileTime.from(when));
  }
}
