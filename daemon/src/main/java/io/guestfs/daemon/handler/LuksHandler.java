package io.guestfs.daemon.handler;

import io.guestfs.calls.CryptsetupOpenOptions;
import io.guestfs.calls.value.Device;
import io.guestfs.calls.value.Key;
import io.guestfs.calls.wire.LuksCallsHandler;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.filesystem.Blkid;
import io.guestfs.daemon.luks.Cryptsetup;
import io.guestfs.daemon.luks.KeyFile;
import java.util.ArrayList;
import java.util.List;

/** Serves the calls about encrypted volumes. Keys are wiped when they were used. */
public final class LuksHandler implements LuksCallsHandler {
  private static final String READ_ONLY = "--readonly";

  @Override
  public void cryptsetupOpen(
      Device device, Key key, String mapname, CryptsetupOpenOptions options) {
    List<String> arguments = new ArrayList<>();
    String type = options.crypttype();
    arguments.add("--type=" + (type == null ? type(device) : type));
    if (Boolean.TRUE.equals(options.readonly())) {
      arguments.add(READ_ONLY);
    }
    if (options.cipher() != null) {
      arguments.add("--cipher=" + options.cipher());
    }
    open(device, key, mapname, arguments);
  }

  private static String type(Device device) {
    return switch (Blkid.type(device)) {
      case "crypto_LUKS" -> "luks";
      case "BitLocker" -> "bitlk";
      default ->
          throw new CallException(
              Errno.EINVAL, device + ": this is no encrypted volume of a type that is recognised");
    };
  }

  @Override
  @SuppressWarnings("deprecation") // deprecated for users, served all the same
  public void luksOpen(Device device, Key key, String mapname) {
    cryptsetupOpen(device, key, mapname, CryptsetupOpenOptions.defaults());
  }

  @Override
  @SuppressWarnings("deprecation") // deprecated for users, served all the same
  public void luksOpenRo(Device device, Key key, String mapname) {
    cryptsetupOpen(device, key, mapname, CryptsetupOpenOptions.defaults().readonly(true));
  }

  private static void open(Device device, Key key, String mapname, List<String> arguments) {
    try (key) {
      Cryptsetup.open(device, key, mapname, arguments);
    }
  }

  @Override
  public void cryptsetupClose(Device device) {
    Cryptsetup.close(device);
  }

  @Override
  @SuppressWarnings("deprecation") // deprecated for users, served all the same
  public void luksClose(Device device) {
    Cryptsetup.close(device);
  }

  @Override
  public void luksFormat(Device device, Key key, int keyslot) {
    format(device, key, List.of(slot(keyslot)));
  }

  @Override
  public void luksFormatCipher(Device device, Key key, int keyslot, String cipher) {
    format(device, key, List.of(slot(keyslot), "--cipher=" + cipher));
  }

  private static void format(Device device, Key key, List<String> options) {
    try (key) {
      Cryptsetup.run(key, options, "luksFormat", device.name());
    }
  }

  @Override
  public void luksAddKey(Device device, Key key, Key newkey, int keyslot) {
    List<String> options = List.of(slot(keyslot));
    try (key;
        newkey;
        KeyFile file = new KeyFile(newkey)) {
      Cryptsetup.run(key, options, "luksAddKey", device.name(), file.path());
    }
  }

  @Override
  public void luksKillSlot(Device device, Key key, int keyslot) {
    try (key) {
      requireSlot(keyslot);
      String slot = Integer.toString(keyslot);
      Cryptsetup.run(key, List.of(), "luksKillSlot", device.name(), slot);
    }
  }

  private static String slot(int keyslot) {
    return "--key-slot=" + requireSlot(keyslot);
  }

  private static int requireSlot(int keyslot) {
    if (keyslot < 0) {
      throw new CallException(Errno.EINVAL, "keyslot is " + keyslot + ": slots are counted from 0");
    }
    return keyslot;
  }

  @Override
  public String luksUuid(Device device) {
    return Cryptsetup.uuid(device);
  }
}
