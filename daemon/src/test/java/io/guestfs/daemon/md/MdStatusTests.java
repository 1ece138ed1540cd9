package io.guestfs.daemon.md;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.calls.MDStat;
import io.guestfs.daemon.error.CallException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class MdStatusTests {
  private static final MdStatus STATUS =
      new MdStatus(
          """
          Personalities : [raid1] [raid6] [raid5] [raid4]
          md127 : active (auto-read-only) raid1 sda3[0] sdb3[1](W)
                16780120 blocks super 1.1 [2/2] [UU]

          md12 : active raid5 sdc1[3](S)(J) sdb1[1](F) sda1[0]
                247857152 blocks [2/2] [UU]

          md1 : active raid1 sdb2[1] sda2[0]
          unused devices: <none>
          """);

  @Test
  void eachMemberHasAPlaceAndFlags() {
    assertThat(STATUS.members("md127", UnaryOperator.identity()))
        .containsExactly(new MDStat("/dev/sda3", 0, ""), new MDStat("/dev/sdb3", 1, "W"));
    assertThat(STATUS.members("md12", name -> name.replace("sd", "sdx")))
        .containsExactly(
            new MDStat("/dev/sdxc1", 3, "SJ"),
            new MDStat("/dev/sdxb1", 1, "F"),
            new MDStat("/dev/sdxa1", 0, ""));
  }

  @Test
  void whatIsNoArrayIsRefused() {
    assertThatThrownBy(() -> STATUS.members("md12x", UnaryOperator.identity()))
        .isInstanceOf(CallException.class);
    assertThat(STATUS.members("md1", UnaryOperator.identity())).hasSize(2);
  }

  @Test
  void detailsHaveNoPrefixAndSmallLetters() {
    assertThat(
            Mdadm.parseDetail(
                """
                MD_LEVEL=raid1
                MD_DEVICES=2
                MD_NAME=guestfs:a=b
                MD_DEVICE_dev_sda1_ROLE=0
                """))
        .containsEntry("level", "raid1")
        .containsEntry("devices", "2")
        .containsEntry("name", "guestfs:a=b")
        .containsEntry("device_dev_sda1_role", "0");
  }
}
