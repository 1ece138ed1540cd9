package io.guestfs.appliance.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  private Template make(String key) {
    Path begun = store.begin(key, MEMORY_BYTES);
    return store.publish(begun, key, Warmth.FRESH, "7.2", new byte[] {1, 2, 3});
  }

  private static void used(Template template, Instant when) throws IOException {
    Files.setLastModifiedTime(template.directory(), FileTime.from(when));
  }
}
