package io.guestfs.daemon.handler;

import io.guestfs.calls.E2fsckOptions;
import io.guestfs.calls.Tune2fsOptions;
import io.guestfs.calls.value.Device;
import io.guestfs.calls.value.GuestPath;
import io.guestfs.calls.wire.ExtCallsHandler;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.filesystem.Blkid;
import io.guestfs.daemon.filesystem.E2fsck;
import io.guestfs.daemon.filesystem.ExtSuperblock;
import io.guestfs.daemon.filesystem.FilesystemLabel;
import io.guestfs.daemon.filesystem.FilesystemUuid;
import io.guestfs.daemon.filesystem.Tune2fs;
import io.guestfs.daemon.linux.Directory;
import io.guestfs.daemon.root.GuestRoot;
import io.guestfs.daemon.tool.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Serves the calls about ext2, ext3 and ext4. */
public final class ExtHandler implements ExtCallsHandler {
  private static final int SIZE_UNIT = 1024;

  private final GuestRoot root;

  public ExtHandler(GuestRoot root) {
    this.root = root;
  }

  @Override
  public void e2fsck(Device device, E2fsckOptions options) {
    List<E2fsck.Answers> answers = new ArrayList<>();
    add(answers, options.correct(), E2fsck.Answers.SAFE);
    add(answers, options.forceall(), E2fsck.Answers.YES);
    add(answers, options.forceno(), E2fsck.Answers.NO);
    if (answers.size() > 1) {
      throw new CallException(Errno.EINVAL, "only one of correct, forceall and forceno can be set");
    }
    E2fsck.run(device, answers.isEmpty() ? E2fsck.Answers.NO : answers.get(0));
  }

  private static void add(
      List<E2fsck.Answers> all, @Nullable Boolean wanted, E2fsck.Answers answers) {
    if (Boolean.TRUE.equals(wanted)) {
      all.add(answers);
    }
  }

  @Override
  public void e2fsckF(Device device) {
    E2fsck.run(device, E2fsck.Answers.SAFE);
  }

  @Override
  public String getE2label(Device device) {
    return Blkid.label(device);
  }

  @Override
  public void setE2label(Device device, String label) {
    FilesystemLabel.set(device, label);
  }

  @Override
  public String getE2uuid(Device device) {
    return Blkid.uuid(device);
  }

  @Override
  public void setE2uuid(Device device, String uuid) {
    FilesystemUuid.setExt(device, uuid);
  }

  @Override
  public void mklostAndFound(GuestPath mountpoint) {
    try (Directory directory = root.openDirectory(mountpoint.name())) {
      Tool.of("mklost+found").in(directory).run();
    }
  }

  @Override
  public void resize2fs(Device device) {
    resize(device, List.of(device.name()));
  }

  @Override
  public void resize2fsM(Device device) {
    resize(device, List.of("-M", device.name()));
  }

  @Override
  public void resize2fsSize(Device device, long size) {
    if (size <= 0 || size % SIZE_UNIT != 0) {
      throw new CallException(
          Errno.EINVAL, "size " + size + " is not a positive multiple of " + SIZE_UNIT + " bytes");
    }
    resize(device, List.of(device.name(), size / SIZE_UNIT + "K"));
  }

  private static void resize(Device device, List<String> arguments) {
    E2fsck.runUnlessInUse(device);
    Tool.of("resize2fs").args(arguments).run();
  }

  @Override
  public void tune2fs(Device device, Tune2fsOptions options) {
    Tune2fs.run(device, options);
  }

  @Override
  public Map<String, String> tune2fsL(Device device) {
    return ExtSuperblock.of(device).fields();
  }

  @Override
  public void zerofree(Device device) {
    Tool.of("zerofree", device.name()).run();
  }
}
