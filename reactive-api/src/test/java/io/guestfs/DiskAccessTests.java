package io.guestfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.appliance.DiskFormat;
import io.guestfs.appliance.Drive;
import io.guestfs.typed.DiskAccess;
import io.guestfs.typed.TypedGuestfs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With which drives an appliance is launched. */
@Timeout(60)
class DiskAccessTests {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Path IMAGE = Path.of("image");

  private final LoopbackLauncher launcher = new LoopbackLauncher();
  private final List<Drive> drives = new ArrayList<>();

  @AfterEach
  void closeLauncher() throws IOException {
    launcher.close();
  }

  private DiskAccess observed(DiskAccess access) {
    return access.with(
        builder ->
            builder.launcher(
                (loop, config, listener) -> {
                  drives.addAll(config.drives());
                  return launcher.launch(loop, config, listener);
                }));
  }

  @Test
  void disksAreReadOnlyUnlessSaidOtherwise() {
    DiskAccess access =
        DiskAccess.to(IMAGE).and(Path.of("b")).andWritable(Path.of("c"), DiskFormat.QCOW2);

    observed(access).using(g -> g.plain().pingDaemon()).blockLast(PATIENCE);
    assertThat(launcher.stopped).hasValue(1);

    assertThat(drives).extracting(Drive::readOnly).containsExactly(true, true, false);
    assertThat(drives).extracting(Drive::format).containsExactly(null, null, DiskFormat.QCOW2);
  }

  @Test
  void aDiskThatIsWrittenToHasAFormat() {
    TypedGuestfs g =
        Objects.requireNonNull(
            observed(DiskAccess.toWritable(IMAGE, DiskFormat.RAW)).launch().block(PATIENCE));
    g.plain().close().block(PATIENCE);

    assertThat(drives).extracting(Drive::readOnly).containsExactly(false);
    assertThat(drives).extracting(Drive::format).containsExactly(DiskFormat.RAW);
  }
}
