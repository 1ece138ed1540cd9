package io.guestfs.daemon.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.calls.Partition;
import io.guestfs.daemon.error.CallException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What parted 3.5 writes. */
class PartitionTableTests {
  @Test
  void aGptNamesItsPartitions() {
    PartitionTable table =
        PartitionTable.parse(
            """
            BYT;
            /dev/loop0:67108864B:loopback:512:512:gpt:Loopback device:;
            1:17408B:65535B:48128B::primary:;
            2:65536B:67091967B:67026432B:ext4:a:b:boot, esp;
            """);

    assertThat(table.type()).isEqualTo("gpt");
    assertThat(table.partitions())
        .containsExactly(
            new Partition(1, 17408, 65535, 48128), new Partition(2, 65536, 67091967, 67026432));
  }

  @Test
  void aLogicalPartitionIsInsideAnExtendedOne() {
    PartitionTable table =
        PartitionTable.parse(
            """
            BYT;
            /dev/loop0:67108864B:loopback:512:512:msdos:Loopback device:;
            1:65536B:67108863B:67043328B:::lba;
            5:131072B:512511B:381440B:::;
            """);

    assertThat(table.type()).isEqualTo("msdos");
    assertThat(table.partitions()).extracting(Partition::partNum).containsExactly(1, 5);
  }

  @Test
  void aPartitionHasFlags() {
    PartitionTable table =
        PartitionTable.parse(
            """
            BYT;
            /dev/loop0:67108864B:loopback:512:512:gpt:Loopback device:;
            1:17408B:65535B:48128B::boot\\:;:boot, esp;
            2:65536B:67091967B:67026432B:ext4:boot:;
            """);

    assertThat(table.flags(1)).containsExactlyInAnyOrder("boot", "esp");
    assertThat(table.flags(2)).containsExactly("");
    assertThatThrownBy(() -> table.flags(3)).isInstanceOf(CallException.class);
  }

  @Test
  void anEmptyTableHasNoPartitions() {
    assertThat(
            PartitionTable.parse("BYT;\n/dev/sda:67108864B:scsi:512:512:mac:QEMU QEMU HARDDISK:;\n")
                .partitions())
        .isEmpty();
  }

  @Test
  void aFileSystemOnTheDiskIsNoTable() {
    PartitionTable table =
        PartitionTable.parse(
            """
            BYT;
            /dev/loop0:67108864B:loopback:512:512:loop:Loopback device:;
            1:0B:67108863B:67108864B:ext2::;
            """);

    assertThat(table.type()).isEqualTo(PartitionTable.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "BYT;\n",
        "CHS;\n/dev/sda:1B:scsi:512:512:gpt:x:;\n",
        "BYT;\n/dev/sda:1B:scsi;\n",
        "BYT;\n/dev/sda:1B:scsi:512:512:gpt:x:;\n1:17.4kB:65535B:48128B::primary:;\n",
        "BYT;\n/dev/sda:1B:scsi:512:512:gpt:x:;\nWarning: something\n"
      })
  void whatIsNotUnderstoodIsAnError(String output) {
    assertThatThrownBy(() -> PartitionTable.parse(output))
        .isInstanceOf(CallException.class)
        .hasMessageContaining("not understood");
  }
}
