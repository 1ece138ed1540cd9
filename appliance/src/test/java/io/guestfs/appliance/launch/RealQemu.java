package io.guestfs.appliance.launch;

import static io.guestfs.appliance.launch.Launches.PATIENCE;
import static io.guestfs.appliance.launch.Launches.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.guestfs.appliance.ApplianceExit;
import io.guestfs.appliance.Drive;
import io.guestfs.appliance.disk.PreparedDrive;
import io.guestfs.appliance.host.HostUser;
import io.guestfs.appliance.qemu.Console;
import io.guestfs.appliance.qemu.QemuProcess;
import io.guestfs.appliance.qemu.QemuSockets;
import io.guestfs.appliance.qemu.QmpClient;
import io.guestfs.appliance.qemu.QmpEvent;
import io.guestfs.appliance.qemu.UnixListener;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** qemu itself, with a monitor and nothing to boot. */
final class RealQemu implements AutoCloseable {

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final List<QmpEvent> events = new CopyOnWriteArrayList<>();
  private final QmpClient monitor = new QmpClient(events::add);
  private final MachineFiles files;
  private final UnixListener listener;
  private final QemuProcess process;

  private RealQemu(Launches launches, String... arguments) throws IOException {
    files = MachineFiles.create(launches.environment(), HostUser.ours());
    QemuSockets sockets = files.sockets();
    listener = await(UnixListener.bind(loops.next(), sockets.monitor(), monitor::open));
    List<String> command =
        new ArrayList<>(
            List.of(
                "qemu-system-x86_64", "-nodefaults", "-display", "none", "-S", "-accel", "tcg"));
    command.addAll(List.of(arguments));
    command.addAll(
        List.of(
            "-sandbox",
            "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny",
            "-chardev",
            "socket,id=monitor0,path=" + sockets.monitor(),
            "-mon",
            "chardev=monitor0,mode=control"));
    process = QemuProcess.start(command, HostUser.ours(), sockets.log(), new Console(line -> {}));
    monitor.negotiate().block(PATIENCE);
  }

  static RealQemu withoutMachine(Launches launches) throws IOException {
    return new RealQemu(launches, "-machine", "none");
  }

  static RealQemu withScsiBus(Launches launches) throws IOException {
    return new RealQemu(launches, "-machine", "q35", "-device", "virtio-scsi-pci,id=scsi0");
  }

  QmpClient monitor() {
    return monitor;
  }

  List<QmpEvent> events() {
    return events;
  }

  void attach(Drive... drives) {
    attach(PreparedDrive.prepareAll(List.of(drives), HostUser.ours()));
  }

  void attach(List<PreparedDrive> drives) {
    new DriveAttacher(monitor, files).attach(drives).block(PATIENCE);
  }

  /** Runs a command of qemu-io on a disk, as the guest would read and write; returns its output. */
  String io(int disk, String command) {
    JsonNode output =
        await(
            monitor.execute(
                "human-monitor-command",
                JsonNodeFactory.instance
                    .objectNode()
                    .put("command-line", "qemu-io -d disk%d \"%s\"".formatted(disk, command))));
    return output.asText();
  }

  ApplianceExit quit() {
    monitor.execute("quit").onErrorComplete().block(PATIENCE);
    return await(process.exit());
  }

  @Override
  public void close() {
    quit();
    listener.close();
    files.delete();
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
