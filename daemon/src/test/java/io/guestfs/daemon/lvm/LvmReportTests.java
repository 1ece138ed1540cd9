package io.guestfs.daemon.lvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.daemon.error.CallException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What LVM 2.03.16 reports. */
class LvmReportTests {
  @Test
  void takesFieldAfterField() {
    List<LvmReport> rows =
        LvmReport.parse(
            """
              /dev/loop0p1|gsBZYN-dwn0-Wcjh-OeO3-6kGa-YWGg-hgoyTs|29360128|a,b|
              /dev/loop0p2|1faNua-rWk2-a5qY-K21q-lT55-2u7t-oNf434|0||12.50
            """,
            "pv_name,pv_uuid,pv_size,pv_tags,snap_percent");

    assertThat(rows).hasSize(2);
    LvmReport first = rows.get(0);
    assertThat(first.text()).isEqualTo("/dev/loop0p1");
    assertThat(first.uuid()).isEqualTo("gsBZYNdwn0WcjhOeO36kGaYWGghgoyTs");
    assertThat(first.number()).isEqualTo(29360128);
    assertThat(first.text()).isEqualTo("a,b");
    assertThat(first.percent()).isEmpty();
    LvmReport second = rows.get(1);
    second.text();
    second.uuid();
    assertThat(second.number()).isZero();
    assertThat(second.text()).isEmpty();
    assertThat(second.percent()).hasValue(12.5);
  }

  @Test
  void noRowIsNoRow() {
    assertThat(LvmReport.parse("\n", "vg_name")).isEmpty();
  }

  @Test
  void anotherNumberOfFieldsIsAnError() {
    assertNotUnderstood(() -> LvmReport.parse("  VG|1|2\n", "vg_name,vg_size"));
    assertNotUnderstood(() -> LvmReport.parse("  WARNING: something\n", "vg_name,vg_size"));
  }

  @Test
  void whatIsNoNumberIsAnError() {
    assertNotUnderstood(() -> LvmReport.parse("4.00m\n", "vg_size").get(0).number());
    assertNotUnderstood(() -> LvmReport.parse("full\n", "snap_percent").get(0).percent());
    assertNotUnderstood(() -> LvmReport.parse("gsBZYN-dwn0\n", "pv_uuid").get(0).uuid());
  }

  private static void assertNotUnderstood(Runnable parsing) {
    assertThatThrownBy(parsing::run)
        .isInstanceOf(CallException.class)
        .hasMessageContaining("not understood");
  }
}
