package io.guestfs.daemon.handler;

import io.guestfs.calls.INotifyEvent;
import io.guestfs.calls.value.GuestPath;
import io.guestfs.calls.wire.InotifyCallsHandler;
import io.guestfs.daemon.device.Disks;
import io.guestfs.daemon.error.Arguments;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.linux.Inotify;
import io.guestfs.daemon.linux.KernelSetting;
import io.guestfs.daemon.root.GuestRoot;
import io.guestfs.protocol.frame.ProtocolConstants;
import io.guestfs.protocol.xdr.GuestString;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Serves the calls that watch files. */
public final class InotifyHandler implements InotifyCallsHandler {
  private static final int REPLY_MAX = ProtocolConstants.MESSAGE_MAX / 2;

  /** Of an event without a name: a number of eight bytes and three of four. */
  private static final int EVENT_SIZE = 20;

  private final GuestRoot root;
  private final Disks disks;
  private @Nullable Inotify queue;

  public InotifyHandler(GuestRoot root, Disks disks) {
    this.root = root;
    this.disks = disks;
  }

  @Override
  public void inotifyInit(int maxevents) {
    root.requireMounted("inotify_init");
    Arguments.requireNotNegative("maxevents", maxevents);
    if (maxevents > 0) {
      // It is a setting of the whole machine, which has to be the appliance.
      disks.require();
      KernelSetting.INOTIFY_QUEUED_EVENTS.set(maxevents);
    }
    if (queue != null) {
      queue.close();
    }
    queue = Inotify.open();
  }

  @Override
  public long inotifyAddWatch(GuestPath path, int mask) {
    Inotify watching = queue();
    boolean follow = (mask & Inotify.IN_DONT_FOLLOW) == 0;
    try (Fd file = follow ? root.find(path.name()) : root.findLink(path.name())) {
      return watching.add(file, mask);
    }
  }

  @Override
  public void inotifyRmWatch(int wd) {
    queue().remove(wd);
  }

  @Override
  public List<INotifyEvent> inotifyRead() {
    Inotify watching = queue();
    List<INotifyEvent> events = new ArrayList<>();
    int[] size = {0};
    while (size[0] < REPLY_MAX
        && watching.read(
            event -> {
              events.add(wireEvent(event));
              size[0] += EVENT_SIZE + event.name().length();
            })) {}
    return events;
  }

  @Override
  public List<String> inotifyFiles() {
    Inotify watching = queue();
    NavigableSet<String> names = new TreeSet<>(GuestString.BY_BYTES);
    while (watching.read(event -> names.add(event.name()))) {}
    // What has no name is an event of the watched file itself.
    names.remove("");
    return List.copyOf(names);
  }

  @Override
  public void inotifyClose() {
    queue().close();
    queue = null;
  }

  private Inotify queue() {
    if (queue == null) {
      throw new CallException(Errno.EINVAL, "there is no queue of events; use inotify_init first");
    }
    return queue;
  }

  private static INotifyEvent wireEvent(Inotify.Event event) {
    return new INotifyEvent(
        event.watch(),
        Integer.toUnsignedLong(event.mask()),
        Integer.toUnsignedLong(event.cookie()),
        event.name());
  }
}
