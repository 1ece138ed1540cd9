package io.guestfs;

import io.guestfs.calls.DeviceCalls;
import io.guestfs.calls.InternalCalls;
import io.guestfs.calls.InternalMountable;
import io.guestfs.calls.LogicalVolumeCalls;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import reactor.core.publisher.Mono;

/** Names of devices, as the lists of other calls tell them. */
final class DeviceNameLibrary implements DeviceNameCallsLibrary {

  /**
   * Disks of which the name tells the kind, such as hda, vda, xvda and ubda; it does not matter to
   * users. Whatever follows the first d is not looked at. Those of md are no disks.
   */
  private static final Pattern DISK = Pattern.compile("/dev/(?!md)[^d/]{1,2}d([^/]*)");

  private static final Pattern MAPPED = Pattern.compile("/dev/(?:mapper/|dm-).*", Pattern.DOTALL);
  private static final int SUBVOLUME = 2;

  private final DeviceCalls devices;
  private final LogicalVolumeCalls volumes;
  private final InternalCalls internals;

  DeviceNameLibrary(DeviceCalls devices, LogicalVolumeCalls volumes, InternalCalls internals) {
    this.devices = devices;
    this.volumes = volumes;
    this.internals = internals;
  }

  @Override
  public Mono<String> canonicalDeviceName(String device) {
    if (MAPPED.matcher(device).matches()) {
      return volumes
          .lvmCanonicalLvName(device)
          .onErrorResume(CallFailedException.class, noVolume -> Mono.just(device));
    }
    Matcher disk = DISK.matcher(device);
    return Mono.just(disk.matches() ? "/dev/sd" + disk.group(1) : device);
  }

  @Override
  public Mono<Integer> deviceIndex(String device) {
    return canonicalDeviceName(device)
        .zipWith(devices.listDevices().collectList(), (name, disks) -> disks.indexOf(name))
        .flatMap(
            index ->
                index >= 0
                    ? Mono.just(index)
                    : failed("device_index", "ENODEV", device + ": this is none of the disks"));
  }

  @Override
  public Mono<String> deviceName(int index) {
    return devices.listDevices().collectList().flatMap(disks -> deviceName(disks, index));
  }

  private static Mono<String> deviceName(List<String> disks, int index) {
    return index >= 0 && index < disks.size()
        ? Mono.just(disks.get(index))
        : failed("device_name", "EINVAL", "there is no disk " + index + " of " + disks.size());
  }

  @Override
  public Mono<String> mountableDevice(String mountable) {
    return internals.internalParseMountable(mountable).map(InternalMountable::imDevice);
  }

  @Override
  public Mono<String> mountableSubvolume(String mountable) {
    return internals
        .internalParseMountable(mountable)
        .flatMap(
            parts ->
                parts.imType() == SUBVOLUME
                    ? Mono.just(parts.imVolume())
                    : failed("mountable_subvolume", "EINVAL", mountable + ": not a subvolume"));
  }

  private static <T> Mono<T> failed(String call, String errnoName, String reason) {
    return Mono.error(new CallFailedException(call, errnoName, reason));
  }
}
