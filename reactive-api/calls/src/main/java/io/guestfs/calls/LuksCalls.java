package io.guestfs.calls;

import io.guestfs.calls.value.Key;
import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.CallOptions;
import io.guestfs.protocol.annotation.Device;
import reactor.core.publisher.Mono;

/**
 * Encrypted volumes: LUKS, and BitLocker for opening. An opened volume is {@code
 * /dev/mapper/MAPNAME}; if it is a physical volume, the logical volumes on it can be used once
 * {@link LvmCalls#lvmScan} was told to activate them.
 *
 * <p>Keys are made slow to try on purpose: each of these calls with a key takes seconds, and
 * without hardware virtualisation more.
 */
@CallFamily
public interface LuksCalls {

  /**
   * Opens an encrypted volume.
   *
   * @param key the passphrase of any key slot
   * @param mapname what to call it below {@code /dev/mapper}; {@code EEXIST} when that is taken
   * @param options without a type, that of the volume is found out; {@code EINVAL} when it is of no
   *     known one
   */
  @Call(number = 508, name = "cryptsetup_open", since = "1.43.2", group = "luks")
  Mono<Void> cryptsetupOpen(
      @Device String device, Key key, String mapname, CryptsetupOpenOptions options);

  /** As {@link #cryptsetupOpen(String, Key, String, CryptsetupOpenOptions)}, without options. */
  default Mono<Void> cryptsetupOpen(@Device String device, Key key, String mapname) {
    return cryptsetupOpen(device, key, mapname, CryptsetupOpenOptions.defaults());
  }

  /** Optional arguments of {@link LuksCalls#cryptsetupOpen}. */
  @CallOptions
  interface CryptsetupOpen {

    /** Allows no writing. */
    boolean readonly();

    /**
     * The type, as after {@code --type} of cryptsetup(8): {@code luks}, {@code luks1}, {@code
     * luks2}, {@code bitlk}, {@code tcrypt}, {@code plain}, and others.
     */
    String crypttype();

    /** The cipher, for types that do not say it themselves, such as {@code plain}. */
    String cipher();
  }

  /**
   * Closes an encrypted volume; nothing on it may be in use.
   *
   * @param device what opening made, {@code /dev/mapper/MAPNAME}; {@code EINVAL} when it is
   *     elsewhere
   */
  @Call(number = 509, name = "cryptsetup_close", since = "1.43.2", group = "luks")
  Mono<Void> cryptsetupClose(@Device String device);

  /**
   * Opens an encrypted volume.
   *
   * @deprecated replaced by {@link #cryptsetupOpen(String, Key, String)}, which is the same
   */
  @Deprecated
  @Call(number = 257, name = "luks_open", since = "1.5.1", group = "luks")
  Mono<Void> luksOpen(@Device String device, Key key, String mapname);

  /**
   * Opens an encrypted volume for reading.
   *
   * @deprecated replaced by {@link #cryptsetupOpen(String, Key, String, CryptsetupOpenOptions)}
   *     with {@code readonly}
   */
  @Deprecated
  @Call(number = 258, name = "luks_open_ro", since = "1.5.1", group = "luks")
  Mono<Void> luksOpenRo(@Device String device, Key key, String mapname);

  /**
   * Closes an encrypted volume.
   *
   * @deprecated replaced by {@link #cryptsetupClose}, which is the same
   */
  @Deprecated
  @Call(number = 259, name = "luks_close", since = "1.5.1", group = "luks")
  Mono<Void> luksClose(@Device String device);

  /**
   * Makes a device a LUKS volume; what was on it is lost.
   *
   * @param keyslot where the key goes, from 0: to 7 at least, to 31 at most
   */
  @Call(number = 260, name = "luks_format", since = "1.5.2", group = "luks")
  Mono<Void> luksFormat(@Device String device, Key key, int keyslot);

  /**
   * Makes a device a LUKS volume with a cipher of one's choice; what was on it is lost.
   *
   * @param cipher as after {@code --cipher} of cryptsetup(8), such as {@code aes-xts-plain64}
   */
  @Call(number = 261, name = "luks_format_cipher", since = "1.5.2", group = "luks")
  Mono<Void> luksFormatCipher(@Device String device, Key key, int keyslot, String cipher);

  /**
   * Adds a key.
   *
   * @param key one that the volume has already
   * @param keyslot where the new one goes; an error when there is one
   */
  @Call(number = 262, name = "luks_add_key", since = "1.5.2", group = "luks")
  Mono<Void> luksAddKey(@Device String device, Key key, Key newkey, int keyslot);

  /**
   * Removes a key.
   *
   * @param key one of another slot, as proof that the volume can still be opened afterwards
   * @param keyslot whose key goes
   */
  @Call(number = 263, name = "luks_kill_slot", since = "1.5.2", group = "luks")
  Mono<Void> luksKillSlot(@Device String device, Key key, int keyslot);

  /** The UUID of a LUKS volume, which need not be open. An error when it is none. */
  @Call(number = 507, name = "luks_uuid", since = "1.41.9", group = "luks")
  Mono<String> luksUuid(@Device String device);
}
