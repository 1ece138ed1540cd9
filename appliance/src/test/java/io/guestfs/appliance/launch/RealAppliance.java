package io.guestfs.appliance.launch;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.guestfs.appliance.Accelerator;
import io.guestfs.appliance.Appliance;
import io.guestfs.appliance.Environment;
import io.guestfs.appliance.MachineConfig;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The appliance that the system property {@code guestfs.appliance} names: one of this project, or a
 * fixed appliance of libguestfs. As an extension of a test it skips the test when there is none.
 */
final class RealAppliance implements BeforeAllCallback {

  static final String DIRECTORY = System.getProperty("guestfs.appliance", "");

  /** What a daemon writes to its port when it is up (libguestfs: {@code GUESTFS_LAUNCH_FLAG}). */
  static final int LAUNCH_FLAG = 0xf5f55ff5;

  @Override
  public void beforeAll(ExtensionContext context) {
    assumeThat(DIRECTORY).as("system property guestfs.appliance").isNotEmpty();
  }

  /** A machine of it, with some variables of the environment; emulated. */
  static MachineConfig.Builder config(Launches launches, String... variables) {
    Map<String, String> all = new HashMap<>(launches.variables());
    all.put("LIBGUESTFS_PATH", "/nowhere:" + DIRECTORY);
    for (int i = 0; i < variables.length; i += 2) {
      all.put(variables[i], variables[i + 1]);
    }
    return MachineConfig.builder(Environment.of(all))
        .accelerator(Accelerator.TCG)
        .warmTemplates(false);
  }

  /** Copies it to where others can read it. */
  static void copyTo(Path directory) throws IOException {
    Files.createDirectories(directory);
    for (String file : new String[] {"kernel", "initrd", "root", "appliance.properties"}) {
      Files.copy(Path.of(DIRECTORY, file), directory.resolve(file));
    }
  }

  /** The first word that the daemon says. */
  static Mono<Integer> firstWord(Appliance machine) {
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
