package io.guestfs.daemon.handler;

import static io.guestfs.daemon.handler.ServedGuest.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.calls.wire.DaemonDescriptors;
import io.guestfs.calls.wire.InternalDescriptors;
import io.guestfs.calls.wire.Procedures;
import io.guestfs.calls.wire.RetiredDescriptors;
import io.guestfs.daemon.tool.Tool;
import io.guestfs.protocol.call.CallDescriptor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FeatureTests {
  private static final int AVAILABLE = 0;
  private static final int NOT_AVAILABLE = 1;
  private static final int UNKNOWN = 2;

  @RegisterExtension final ServedGuest guest = new ServedGuest();

  @ParameterizedTest
  @ValueSource(strings = {"linuxxattrs", "augeas", "realpath"})
  void someFeaturesAreAlwaysThere(String group) {
    assertThat(ask(group)).isEqualTo(AVAILABLE);
    guest.run(RetiredDescriptors.AVAILABLE, List.of(group));
  }

  @Test
  void aFeatureNeedsItsProgram() {
    boolean there = Tool.isInstalled("lvm");

    assertThat(ask("lvm2")).isEqualTo(there ? AVAILABLE : NOT_AVAILABLE);
  }

  /** All groups of libguestfs, of which some have no call here yet. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "acl",
        "blkdiscard",
        "blkdiscardzeroes",
        "btrfs",
        "clevisluks",
        "extlinux",
        "f2fs",
        "fstrim",
        "gdisk",
        "grub",
        "hivex",
        "inotify",
        "journal",
        "ldm",
        "libtsk",
        "libyara",
        "linuxcaps",
        "linuxfsuuid",
        "linuxmodules",
        "luks",
        "mdadm",
        "mknod",
        "ntfs3g",
        "ntfsprogs",
        "rsync",
        "scrub",
        "selinux",
        "selinuxrelabel",
        "sleuthkit",
        "squashfs",
        "syslinux",
        "wipefs",
        "xfs",
        "xz",
        "zerofree"
      })
  void aFeatureWithoutCallsIsNotThere(String group) {
    boolean served = Procedures.all().stream().map(CallDescriptor::group).anyMatch(group::equals);

    assertThat(ask(group)).isLessThan(UNKNOWN);
    if (!served) {
      assertThat(ask(group)).isEqualTo(NOT_AVAILABLE);
    }
  }

  @Test
  void everyGroupOfACallIsKnown() {
    assertThat(Procedures.all())
        .map(CallDescriptor::group)
        .filteredOn(group -> !group.isEmpty())
        .isNotEmpty()
        .allSatisfy(group -> assertThat(ask(group)).isLessThan(UNKNOWN));
  }

  @Test
  void allGroupsAreListed() {
    List<String> groups = guest.call(DaemonDescriptors.AVAILABLE_ALL_GROUPS);

    assertThat(groups).isSorted().contains("acl", "lvm2", "zerofree", "augeas", "realpath");
    assertThat(groups).hasSize(39).doesNotHaveDuplicates();
    assertThat(groups).allSatisfy(group -> assertThat(ask(group)).isLessThan(UNKNOWN));
  }

  @Test
  void namesOfNothingAreUnknown() {
    assertThat(ask("nosuchgroup")).isEqualTo(UNKNOWN);
    assertThat(ask("")).isEqualTo(UNKNOWN);
    assertFails("EINVAL", () -> guest.run(RetiredDescriptors.AVAILABLE, List.of("nosuchgroup")))
        .hasMessageContaining("nosuchgroup");
    assertFails(
            "ENOTSUP",
            () -> guest.run(RetiredDescriptors.AVAILABLE, List.of("augeas", "clevisluks", "x")))
        .hasMessageContaining("clevisluks");
  }

  @Test
  void autosyncUnmountsAndSyncsAndMkfsIsPassedOn() {
    guest.run(InternalDescriptors.INTERNAL_AUTOSYNC);
    guest.run(RetiredDescriptors.MKFS, "ext4", "/dev/sda");

    assertThat(guest.elsewhere).containsExactly("umountAll", "sync", "mkfs");
  }

  private int ask(String group) {
    return guest.call(InternalDescriptors.INTERNAL_FEATURE_AVAILABLE, group);
  }
}
