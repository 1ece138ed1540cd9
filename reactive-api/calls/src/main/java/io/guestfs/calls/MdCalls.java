package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.CallOptions;
import io.guestfs.protocol.annotation.Device;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Software RAID: arrays of the kernel's md driver. */
@CallFamily
public interface MdCalls {

  /**
   * Makes an array of devices and starts it.
   *
   * @param name {@code /dev/md/NAME}, or just the name, or {@code /dev/mdN}; {@link #listMdDevices}
   *     tells the device
   * @param devices its members, without those that are missing
   */
  @Call(number = 299, name = "md_create", since = "1.15.6", group = "mdadm")
  Mono<Void> mdCreate(String name, List<@Device String> devices, MdCreateOptions options);

  /** As {@link #mdCreate(String, List, MdCreateOptions)}, without options: a mirror. */
  default Mono<Void> mdCreate(String name, List<@Device String> devices) {
    return mdCreate(name, devices, MdCreateOptions.defaults());
  }

  /** Optional arguments of {@link MdCalls#mdCreate(String, List, MdCreateOptions)}. */
  @CallOptions
  interface MdCreate {

    /**
     * Which members are missing, bit by bit: bit 0 is the first. The devices are put in the places
     * that are left.
     */
    long missingbitmap();

    /** How many members are active; all that are not spare when absent. */
    int nrdevices();

    /** How many members are spare, which are the last; none when absent. */
    int spare();

    /** What goes to one member at a time, in bytes: a multiple of 1024. */
    long chunk();

    /**
     * How content is spread: {@code linear}, {@code raid0} ({@code 0}, {@code stripe}), {@code
     * raid1} ({@code 1}, {@code mirror}), {@code raid4} ({@code 4}), {@code raid5} ({@code 5}),
     * {@code raid6} ({@code 6}) or {@code raid10} ({@code 10}); {@code raid1} when absent.
     */
    String level();
  }

  /** The arrays that are running, as {@code /dev/md127}. */
  @Call(number = 300, name = "list_md_devices", since = "1.15.4")
  Flux<@Device String> listMdDevices();

  /**
   * What an array says of itself: {@code level}, {@code devices} (how many), {@code metadata} (the
   * version of their format), {@code uuid}, {@code name}, and what else mdadm(8) exports, in small
   * letters.
   */
  @Call(number = 301, name = "md_detail", since = "1.15.6", group = "mdadm")
  Mono<Map<String, String>> mdDetail(@Device String md);

  /** Stops an array, which must not be in use. Its members keep what is on them. */
  @Call(number = 302, name = "md_stop", since = "1.15.6", group = "mdadm")
  Mono<Void> mdStop(@Device String md);

  /** The members of an array. */
  @Call(number = 316, name = "md_stat", since = "1.17.21", group = "mdadm")
  Flux<MDStat> mdStat(@Device String md);
}
