package io.guestfs.daemon.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.daemon.error.CallException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class XfsGeometryTests {
  private static final String OUTPUT =
      """
      meta-data=/dev/mapper/VG-LV      isize=512    agcount=4, agsize=25600 blks
               =                       sectsz=512   attr=2, projid32bit=1
               =                       crc=1        finobt=1, sparse=1, rmapbt=0
               =                       reflink=1    bigtime=1 inobtcount=1 nrext64=0
      data     =                       bsize=4096   blocks=102400, imaxpct=25
               =                       sunit=16     swidth=32 blks
      naming   =version 2              bsize=8192   ascii-ci=0, ftype=1
      log      =internal log           bsize=4096   blocks=16384, version=2
               =                       sectsz=512   sunit=0 blks, lazy-count=1
      realtime =none                   extsz=4096   blocks=0, rtextents=0
      """;

  @Test
  void everyValueHasTheNameOfItsSection() {
    Map<String, String> fields = XfsGeometry.parse(OUTPUT).fields();

    assertThat(fields)
        .containsEntry("meta-data", "/dev/mapper/VG-LV")
        .containsEntry("meta-data.isize", "512")
        .containsEntry("meta-data.agsize", "25600 blks")
        .containsEntry("meta-data.inobtcount", "1")
        .containsEntry("meta-data.nrext64", "0")
        .containsEntry("data", "")
        .containsEntry("data.bsize", "4096")
        .containsEntry("data.swidth", "32 blks")
        .containsEntry("naming", "version 2")
        .containsEntry("naming.ascii-ci", "0")
        .containsEntry("log", "internal log")
        .containsEntry("log.lazy-count", "1")
        .containsEntry("realtime", "none")
        .containsEntry("realtime.rtextents", "0");
  }

  @Test
  void theStructureHasNumbers() {
    XfsGeometry geometry = XfsGeometry.parse(OUTPUT);

    assertThat(geometry.info())
        .hasToString(
            "XFSInfo[xfsMntpoint=/dev/mapper/VG-LV, xfsInodesize=512, xfsAgcount=4,"
                + " xfsAgsize=25600, xfsSectsize=512, xfsAttr=2, xfsBlocksize=4096,"
                + " xfsDatablocks=102400, xfsImaxpct=25, xfsSunit=16, xfsSwidth=32,"
                + " xfsDirversion=2, xfsDirblocksize=8192, xfsCimode=0, xfsLogname=internal log,"
                + " xfsLogblocksize=4096, xfsLogblocks=16384, xfsLogversion=2,"
                + " xfsLogsectsize=512, xfsLogsunit=0, xfsLazycount=1, xfsRtname=none,"
                + " xfsRtextsize=4096, xfsRtblocks=0, xfsRtextents=0]");
    assertThat(geometry.sizeBytes()).isEqualTo(102400L * 4096);
  }

  @Test
  void whatIsMissingIsSaid() {
    assertThatThrownBy(() -> XfsGeometry.parse("data     = bsize=4096").sizeBytes())
        .isInstanceOf(CallException.class)
        .hasMessageContaining("data.blocks");
  }
}
