package io.guestfs.calls.wire;

import io.guestfs.calls.value.Device;
import io.guestfs.calls.value.DeviceOrPath;
import io.guestfs.calls.value.FileName;
import io.guestfs.calls.value.GuestPath;
import io.guestfs.calls.value.Key;
import io.guestfs.calls.value.Mountable;
import io.guestfs.calls.value.MountableOrPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a daemon makes values of strings that play a role, and names of values. A daemon implements
 * what needs to look at devices; names that the kernel gives devices are seen by handlers only.
 */
public interface Roles {

  /** The existing device that a user calls by this name. */
  Device device(String name);

  /** The name by which users call a device. */
  String name(Device device);

  /** The mountable that a user calls by this name. */
  default Mountable mountable(String name) {
    Mountable mountable = Mountable.parse(name);
    return new Mountable(device(mountable.device().name()), mountable.subvolume());
  }

  /** The name by which users call a mountable. */
  default String name(Mountable mountable) {
    Device device = new Device(name(mountable.device()));
    return new Mountable(device, mountable.subvolume()).name();
  }

  /** A path in the guest. */
  default GuestPath path(String name) {
    return new GuestPath(name);
  }

  /** A device or a path. */
  default DeviceOrPath deviceOrPath(String name) {
    return Device.isDevice(name) ? device(name) : path(name);
  }

  /** A mountable or a path. */
  default MountableOrPath mountableOrPath(String name) {
    return Mountable.isMountable(name) ? mountable(name) : path(name);
  }

  /** A GUID, checked. */
  default String guid(String guid) {
    if (!guid.matches("\\{?\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}\\}?")) {
      throw new IllegalArgumentException("'" + guid + "' is not a GUID");
    }
    return guid;
  }

  /** A passphrase; the bytes are wiped. */
  default Key key(byte[] bytes) {
    try {
      return Key.ofBytes(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** {@link #device} of each. */
  default List<Device> devices(List<String> names) {
    List<Device> devices = new ArrayList<>(names.size());
    for (String name : names) {
      devices.add(device(name));
    }
    return devices;
  }

  /** Names of entries of a directory. */
  default List<FileName> filenames(List<byte[]> names) {
    FileName[] checked = new FileName[names.size()];
    for (int i = 0; i < checked.length; i++) {
      checked[i] = FileName.of(names.get(i));
    }
    return Arrays.asList(checked);
  }

  /** {@link #path} of each. */
  default List<GuestPath> paths(List<String> names) {
    List<GuestPath> paths = new ArrayList<>(names.size());
    for (String name : names) {
      paths.add(path(name));
    }
    return paths;
  }

  /** The names of devices. */
  default List<String> deviceNames(List<Device> devices) {
    List<String> names = new ArrayList<>(devices.size());
    for (Device device : devices) {
      names.add(name(device));
    }
    return names;
  }

  /** The names of mountables. */
  default List<String> mountableNames(List<Mountable> mountables) {
    List<String> names = new ArrayList<>(mountables.size());
    for (Mountable mountable : mountables) {
      names.add(name(mountable));
    }
    return names;
  }

  /** A map in which devices and mountables are replaced by their names. */
  default Map<String, String> namesInMap(Map<?, ?> map) {
    Map<String, String> names = new LinkedHashMap<>(map.size());
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      names.put(nameOf(entry.getKey()), nameOf(entry.getValue()));
    }
    return names;
  }

  private String nameOf(Object value) {
    if (value instanceof Device device) {
      return name(device);
    }
    return value instanceof Mountable mountable ? name(mountable) : (String) value;
  }
}
