package io.guestfs.daemon.handler;

import io.guestfs.calls.value.Device;
import io.guestfs.calls.wire.GptCallsHandler;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.partition.Gpt;
import io.guestfs.daemon.partition.GptAttributes;
import io.guestfs.daemon.partition.Sfdisk;
import io.guestfs.daemon.tool.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Serves the calls about GUID partition tables. */
public final class GptHandler implements GptCallsHandler {
  private static final String TYPE = "--part-type";
  private static final String UUID = "--part-uuid";
  private static final String ATTRIBUTES = "--part-attrs";
  private static final String DISK = "--disk-id";

  /** A new one on every read; the kernel's randomness is never that of another machine. */
  private static final Path RANDOM_UUID = Path.of("/proc/sys/kernel/random/uuid");

  @Override
  public String partGetGptType(Device device, int partnum) {
    return get(TYPE, device, partnum);
  }

  @Override
  public void partSetGptType(Device device, int partnum, String guid) {
    set(TYPE, device, partnum, canonical(guid));
  }

  @Override
  public String partGetGptGuid(Device device, int partnum) {
    return get(UUID, device, partnum);
  }

  @Override
  public void partSetGptGuid(Device device, int partnum, String guid) {
    set(UUID, device, partnum, canonical(guid));
  }

  @Override
  public long partGetGptAttributes(Device device, int partnum) {
    return GptAttributes.parse(get(ATTRIBUTES, device, partnum));
  }

  @Override
  public void partSetGptAttributes(Device device, int partnum, long attributes) {
    set(ATTRIBUTES, device, partnum, GptAttributes.words(attributes));
  }

  @Override
  public String partGetDiskGuid(Device device) {
    Gpt.require(device);
    return Sfdisk.get(DISK, device);
  }

  @Override
  public void partSetDiskGuid(Device device, String guid) {
    Gpt.require(device);
    Sfdisk.set(DISK, device, canonical(guid));
  }

  @Override
  public void partSetDiskGuidRandom(Device device) {
    try {
      partSetDiskGuid(device, Files.readString(RANDOM_UUID).strip());
    } catch (IOException e) {
      throw new CallException(RANDOM_UUID + ": " + e.getMessage());
    }
  }

  @Override
  public void partExpandGpt(Device device) {
    Gpt.require(device);
    Tool.of("sgdisk", "--move-second-header", device.name()).run();
  }

  private static String get(String property, Device device, int partnum) {
    Gpt.require(device);
    return Sfdisk.get(property, device, partnum);
  }

  private static void set(String property, Device device, int partnum, String value) {
    Gpt.require(device);
    Sfdisk.set(property, device, partnum, value);
  }

  private static String canonical(String guid) {
    return guid.replaceAll("[{}]", "").toUpperCase(Locale.ROOT);
  }
}
