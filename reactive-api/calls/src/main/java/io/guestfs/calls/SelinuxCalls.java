package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.CallOptions;
import io.guestfs.protocol.annotation.Pathname;
import java.util.List;
import reactor.core.publisher.Mono;

/** SELinux contexts, of the daemon and of the files of a guest. */
@CallFamily
public interface SelinuxCalls {

  /**
   * Sets the context of the daemon.
   *
   * @deprecated replaced by {@link #setfiles(String, List)}, which labels the files of a guest
   *     without SELinux in the appliance
   */
  @Deprecated
  @Call(number = 185, name = "setcon", since = "1.0.67", group = "selinux")
  Mono<Void> setcon(String context);

  /**
   * The context of the daemon.
   *
   * @deprecated as {@link #setcon}
   */
  @Deprecated
  @Call(number = 186, name = "getcon", since = "1.0.67", group = "selinux")
  Mono<String> getcon();

  /**
   * Labels a tree of the guest by a file of rules of the guest.
   *
   * @deprecated replaced by {@link #setfiles(String, List, SetfilesOptions)}, which takes several
   *     trees
   */
  @Deprecated
  @Call(number = 467, name = "selinux_relabel", since = "1.33.43", group = "selinuxrelabel")
  Mono<Void> selinuxRelabel(String specfile, @Pathname String path, SelinuxRelabelOptions options);

  /**
   * As {@link #selinuxRelabel(String, String, SelinuxRelabelOptions)}, without options.
   *
   * @deprecated replaced by {@link #setfiles(String, List)}
   */
  @Deprecated
  default Mono<Void> selinuxRelabel(String specfile, @Pathname String path) {
    return selinuxRelabel(specfile, path, SelinuxRelabelOptions.defaults());
  }

  /** Optional arguments of {@link SelinuxCalls#selinuxRelabel}. */
  @CallOptions
  interface SelinuxRelabel {

    /** Whether to set the user and the role of a context too, not its type alone. */
    boolean force();
  }

  /**
   * Labels trees of the guest by a file of rules of the guest. Its folders {@code /dev}, {@code
   * /proc}, {@code /selinux} and {@code /sys} are left out.
   *
   * @param specfile the rules, such as {@code /etc/selinux/targeted/contexts/files/file_contexts}
   * @param paths files and directories, which are labelled with all that is below
   */
  @Call(number = 519, name = "setfiles", since = "1.57.1", group = "selinuxrelabel")
  Mono<Void> setfiles(String specfile, List<@Pathname String> paths, SetfilesOptions options);

  /** As {@link #setfiles(String, List, SetfilesOptions)}, without options. */
  default Mono<Void> setfiles(String specfile, List<@Pathname String> paths) {
    return setfiles(specfile, paths, SetfilesOptions.defaults());
  }

  /** Optional arguments of {@link SelinuxCalls#setfiles(String, List, SetfilesOptions)}. */
  @CallOptions
  interface Setfiles {

    /** Whether to set the user and the role of a context too, not its type alone. */
    boolean force();

    /** Directories to leave out, as paths of the guest. */
    List<String> excludes();
  }
}
