package io.guestfs.daemon.handler;

import static io.guestfs.daemon.handler.ServedGuest.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.calls.INotifyEvent;
import io.guestfs.calls.wire.FileDescriptors;
import io.guestfs.calls.wire.InotifyDescriptors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class InotifyHandlerTests {
  private static final int ATTRIBUTES = 0x4;
  private static final int MOVED_FROM = 0x40;
  private static final int MOVED_TO = 0x80;
  private static final int CREATED = 0x100;
  private static final int ALL = 0xfff;
  private static final int DONT_FOLLOW = 0x02000000;
  private static final int DIRECTORY_ONLY = 0x01000000;

  @RegisterExtension final ServedGuest guest = new ServedGuest();

  @Test
  void namesOfWhatHappened() throws IOException {
    Files.createDirectory(guest.path("/watched"));
    init();
    long watch = watch("/watched", ALL);

    guest.run(FileDescriptors.TOUCH, "/watched/b");
    guest.run(FileDescriptors.TOUCH, "/watched/a \n");
    guest.run(FileDescriptors.TOUCH, "/watched/\udce9");
    guest.run(FileDescriptors.TOUCH, "/elsewhere");

    assertThat(watch).isPositive();
    assertThat(guest.call(InotifyDescriptors.INOTIFY_FILES)).containsExactly("a \n", "b", "\udce9");
    assertThat(guest.call(InotifyDescriptors.INOTIFY_FILES)).isEmpty();
    guest.run(InotifyDescriptors.INOTIFY_CLOSE);
  }

  @Test
  void eventsSayWhatHappened() throws IOException {
    init();
    long watch = watch("/", CREATED | MOVED_FROM | MOVED_TO);

    guest.run(FileDescriptors.TOUCH, "/old");
    Files.move(guest.path("/old"), guest.path("/new"), StandardCopyOption.ATOMIC_MOVE);

    List<INotifyEvent> events = read();
    assertThat(events).extracting(INotifyEvent::inName).containsExactly("old", "old", "new");
    assertThat(events)
        .extracting(INotifyEvent::inMask)
        .containsExactly((long) CREATED, (long) MOVED_FROM, (long) MOVED_TO);
    assertThat(events).extracting(INotifyEvent::inWd).containsOnly(watch);
    assertThat(events.get(0).inCookie()).isZero();
    assertThat(events.get(1).inCookie()).isPositive().isEqualTo(events.get(2).inCookie());
    assertThat(read()).isEmpty();
  }

  @Test
  void aWatchMayBeEnded() {
    init();
    long watch = watch("/", CREATED);

    guest.run(InotifyDescriptors.INOTIFY_RM_WATCH, (int) watch);
    guest.run(FileDescriptors.TOUCH, "/file");

    assertThat(guest.call(InotifyDescriptors.INOTIFY_FILES)).isEmpty();
    assertFails("EINVAL", () -> guest.run(InotifyDescriptors.INOTIFY_RM_WATCH, (int) watch));
  }

  @Test
  void manyEventsComeInOrder() throws IOException {
    init();
    watch("/", CREATED);
    for (int i = 0; i < 3000; i++) {
      Files.createFile(guest.path("/file number " + i));
    }

    List<INotifyEvent> events = read();

    assertThat(events).hasSize(3000);
    assertThat(events.get(2999).inName()).isEqualTo("file number 2999");
  }

  @Test
  void linksStayInside() throws IOException {
    Files.createSymbolicLink(guest.path("/evil"), guest.outside("."));
    Files.createDirectory(guest.path("/real"));
    Files.createSymbolicLink(guest.path("/link"), Path.of("/real"));
    init();

    assertFails("ENOENT", () -> watch("/evil", ALL)).hasMessageContaining("/evil");
    long followed = watch("/link", CREATED);
    Files.createFile(guest.path("/real/file"));
    assertThat(guest.call(InotifyDescriptors.INOTIFY_FILES)).containsExactly("file");
    assertThat(watch("/real", CREATED)).isEqualTo(followed);
    assertThat(watch("/link", ATTRIBUTES | DONT_FOLLOW)).isNotEqualTo(followed);
    assertThat(watch("/evil", ATTRIBUTES | DONT_FOLLOW)).isPositive();
    Files.createFile(guest.path("/plain"));
    assertFails("ENOTDIR", () -> watch("/plain", ALL | DIRECTORY_ONLY));
  }

  @Test
  void thereHasToBeAQueue() {
    assertFails("EINVAL", () -> watch("/", ALL)).hasMessageContaining("inotify_init");
    assertFails("EINVAL", this::read);
    assertFails("EINVAL", () -> guest.call(InotifyDescriptors.INOTIFY_FILES));
    assertFails("EINVAL", () -> guest.run(InotifyDescriptors.INOTIFY_CLOSE));
    assertFails("EINVAL", () -> guest.run(InotifyDescriptors.INOTIFY_INIT, -1));
    init();
    init();
    assertThat(read()).isEmpty();
    assertFails("EINVAL", () -> watch("/", 0));
    guest.run(InotifyDescriptors.INOTIFY_CLOSE);
    assertFails("EINVAL", this::read);
  }

  /** The most events are a setting of the whole machine, which is not the daemon's here. */
  @Test
  void aHostKeepsItsSetting() {
    assertFails("ENOTSUP", () -> guest.run(InotifyDescriptors.INOTIFY_INIT, 100));
  }

  private void init() {
    guest.run(InotifyDescriptors.INOTIFY_INIT, 0);
  }

  private long watch(String path, int mask) {
    return guest.call(InotifyDescriptors.INOTIFY_ADD_WATCH, path, mask);
  }

  private List<INotifyEvent> read() {
    return guest.call(InotifyDescriptors.INOTIFY_READ);
  }
}
