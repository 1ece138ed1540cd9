package io.guestfs.appliance.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.guestfs.appliance.Accelerator;
import io.guestfs.appliance.Appliance;
import io.guestfs.appliance.ApplianceEvent.ConsoleLine;
import io.guestfs.appliance.ApplianceEvent.Phase;
import io.guestfs.appliance.ApplianceEvent.PhaseChanged;
import io.guestfs.appliance.Drive;
import io.guestfs.appliance.Environment;
import io.guestfs.appliance.MachineConfig;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Boots the appliance that the system property {@code guestfs.appliance} names: one of this
 * project, or a fixed appliance of libguestfs.
 */
@Timeout(600)
class RealApplianceIntegrationTests {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** What a daemon writes to its port when it is up (libguestfs: {@code GUESTFS_LAUNCH_FLAG}). */
  private static final int LAUNCH_FLAG = 0xf5f55ff5;

  /** The end of a range of memory in the last of 900 MiB, 0x3840_0000 bytes. */
  private static final Pattern END_OF_900_MIB = Pattern.compile("-0x0*383[0-9a-f]{5}\\]");

  @TempDir Path directory;
  private Launches launches;
  private String appliance;

  @BeforeEach
  void open() throws IOException {
    appliance = System.getProperty("guestfs.appliance", "");
    assumeThat(appliance).as("system property guestfs.appliance").isNotEmpty();
    launches = new Launches(directory);
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    if (launches != null) {
      launches.close();
      assertThat(launches.leftOvers()).isEmpty();
    }
  }

  /** Boots cold with the variables of the environment that are about the machine. */
  private MachineConfig.Builder config(String... variables) {
    Map<String, String> all = new HashMap<>(launches.variables());
    all.put("LIBGUESTFS_PATH", "/nowhere:" + appliance);
    for (int i = 0; i < variables.length; i += 2) {
      all.put(variables[i], variables[i + 1]);
    }
    return MachineConfig.builder(Environment.of(all)).accelerator(Accelerator.TCG).templates(false);
  }

  @Test
  void theDaemonSaysThatItIsUpThroughAnyWrapper() throws IOException {
    Path disk = Files.write(directory.resolve("disk.img"), new byte[1 << 20]);
    Path wrapper = FakeQemu.script(directory, "qemu-system-x86_64 -name wrapped \"$@\"; exit $?");
    MachineConfig config =
        config("LIBGUESTFS_QEMU", wrapper.toString())
            .addDrive(Drive.local(disk).build())
            .addDrive(Drive.local(disk).readOnly(true).build())
            .build();
    Appliance machine = await(launches.launch(config));
    assertThat(await(firstWord(machine))).isEqualTo(LAUNCH_FLAG);
    machine.stop().block(PATIENCE);
    assertThat(await(machine.exit()).status()).isZero();
  }

  @Test
  void theKernelGetsMemoryAndArgumentsAndMayDieSuddenly() {
    MachineConfig config =
        config(
                "LIBGUESTFS_MEMSIZE", "900",
                "LIBGUESTFS_APPEND", "guestfs_word=42",
                "LIBGUESTFS_DEBUG", "1")
            .build();
    Appliance machine = await(launches.launch(config));
    // The kernel says both in several lines, and a serial port loses a character now and then when
    // the host is busy: the kernel waits 10 ms for it and then writes over what is still there.
    assertThat(launches.events(ConsoleLine.class))
        .extracting(ConsoleLine::line)
        .anyMatch(line -> line.contains(" guestfs_word=42"))
        .anyMatch(line -> END_OF_900_MIB.matcher(line).find());

    ProcessHandle.of(await(machine.qemuPid())).orElseThrow().destroyForcibly();
    assertThat(await(machine.exit()).signal()).hasValue(9);
    assertThat(await(machine.exit()).console()).isNotEmpty();
    machine.stop().block(PATIENCE);
  }

  @Test
  void cancellingWhileTheGuestBootsStopsQemu() {
    Disposable launch = launches.launch(config().build()).subscribe();
    await(launches.first(new PhaseChanged(Phase.BOOTING)));
    launch.dispose();
    await(launches.first(new PhaseChanged(Phase.STOPPED)));
  }

  private static <T> T await(Mono<T> value) {
    return value.blockOptional(PATIENCE).orElseThrow();
  }

  private static Mono<Integer> firstWord(Appliance machine) {
    Sinks.One<Integer> first = Sinks.one();
    machine
        .channel()
        .pipeline()
        .addLast(
            new SimpleChannelInboundHandler<ByteBuf>() {
              @Override
              protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
                first.tryEmitValue(bytes.readInt());
              }
            });
    machine.channel().config().setAutoRead(true);
    return first.asMono();
  }
}
