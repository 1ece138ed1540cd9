package io.guestfs.appliance.qemu;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.guestfs.appliance.Accelerator;
import io.guestfs.appliance.MachineConfig;
import io.guestfs.appliance.QemuOption;
import io.guestfs.appliance.disk.Placeholder;
import io.guestfs.appliance.image.ApplianceImage;
import io.guestfs.appliance.image.ApplianceImage.Kind;
import io.guestfs.appliance.qemu.KernelArguments.Targets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of qemu: the machine without the user's drives, which are plugged in through the
 * monitor, stopped before its first instruction.
 */
public final class QemuCommandLine {

  /** The bus that drives are plugged into, for {@code device_add}. */
  public static final String SCSI_BUS = "scsi0.0";

  /** Id of the daemon's port, as it appears in {@code VSERPORT_CHANGE} events. */
  public static final String CHANNEL_PORT = "channel0";

  /** Name of the daemon's port in the guest, the same as libguestfs's. */
  private static final String CHANNEL_NAME = "org.libguestfs.channel.0";

  /** Name in the guest of the port through which a machine is saved and woken. */
  private static final String CONTROL_NAME = "io.guestfs.control.0";

  /** Name in the guest of the port through which a machine that boots is told of its disks. */
  private static final String PLUG_NAME = "io.guestfs.plug.0";

  /** As libguestfs: a network that is never routed. */
  private static final String GUEST_NETWORK = "169.254.0.0/16";

  private static final String SANDBOX =
      "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny";

  /** Everything that q35 brings along and nobody here needs. */
  private static final String MACHINE = "q35,usb=off,vmport=off,smbus=off,sata=off,hpet=off";

  /**
   * Five-level page tables slow the guest down and gain it nothing. The instructions that clear and
   * copy memory are said to be fast by ERMS and FSRM; emulated, they go byte by byte. With AVX2
   * libcrypto hashes at a third of the speed of its plain code.
   */
  private static final String EMULATED_CPU = "max,la57=off,erms=off,fsrm=off,avx2=off";

  /**
   * Has the processor's thread look at queues itself. Told through an event, qemu's other thread
   * would do it, which is good for a processor that is real, and a detour for one that is a thread
   * of the same program.
   */
  private static final String EMULATED_QUEUES = ",ioeventfd=off";

  /**
   * The daemon's port, the control port, and one that qemu keeps for a console. At each interrupt
   * the kernel looks at the queues of all, which are 64 if nothing is said.
   */
  private static final int PORTS = 3;

  private static final String RAM = "ram0";

  private static final Targets PLACEHOLDER =
      new Targets(Placeholder.TARGET, Placeholder.TARGET + 1);

  private final List<String> arguments = new ArrayList<>();

  private QemuCommandLine() {}

  /**
   * Builds the command line of a machine that boots; reads the appliance's root and may block.
   *
   * @param qemu the program
   * @param config what the machine is
   * @param accelerator {@link Accelerator#KVM} or {@link Accelerator#TCG}
   * @param image what it boots
   * @param sockets what it connects to
   * @return program and arguments
   */
  public static List<String> build(
      Path qemu,
      MachineConfig config,
      Accelerator accelerator,
      ApplianceImage image,
      QemuSockets sockets) {
    return build(qemu, config, accelerator, image, sockets, false);
  }

  /**
   * Builds the command line of a machine that boots to be given its disks later.
   *
   * @param qemu the program
   * @param config what the machine is
   * @param accelerator {@link Accelerator#KVM} or {@link Accelerator#TCG}
   * @param image what it boots
   * @param sockets what it connects to
   * @return program and arguments
   */
  public static List<String> buildToWait(
      Path qemu,
      MachineConfig config,
      Accelerator accelerator,
      ApplianceImage image,
      QemuSockets sockets) {
    return build(qemu, config, accelerator, image, sockets, true);
  }

  private static List<String> build(
      Path qemu,
      MachineConfig config,
      Accelerator accelerator,
      ApplianceImage image,
      QemuSockets sockets,
      boolean waits) {
    QemuCommandLine line = new QemuCommandLine();
    line.common(qemu, config, accelerator, image, sockets, MACHINE);
    if (waits) {
      line.control(sockets, PLUG_NAME);
      line.placeholder();
      line.kernel(image, config, PLACEHOLDER);
    } else {
      line.kernel(image, config, new Targets(0, config.drives().size()));
    }
    line.further(config);
    return List.copyOf(line.arguments);
  }

  /**
   * Builds the command line of a machine that boots to be saved. Its memory is the file, so that
   * whatever it does there is there for good.
   *
   * @param qemu the program
   * @param config what the machine is
   * @param accelerator {@link Accelerator#KVM} or {@link Accelerator#TCG}
   * @param image what it boots
   * @param sockets what it connects to
   * @param ram the file
   * @return program and arguments
   */
  public static List<String> buildToSave(
      Path qemu,
      MachineConfig config,
      Accelerator accelerator,
      ApplianceImage image,
      QemuSockets sockets,
      Path ram) {
    QemuCommandLine line = new QemuCommandLine();
    line.common(qemu, config, accelerator, image, sockets, MACHINE + ",memory-backend=" + RAM);
    line.template(config, sockets, ram, true);
    line.kernel(image, config, PLACEHOLDER);
    return List.copyOf(line.arguments);
  }

  /**
   * Builds the command line of a machine that goes on where a saved one stopped. It has the file
   * mapped copy-on-write, and waits for the state of the devices.
   *
   * @param qemu the program
   * @param config what the machine is
   * @param accelerator {@link Accelerator#KVM} or {@link Accelerator#TCG}
   * @param image what was booted
   * @param sockets what it connects to
   * @param ram the file
   * @return program and arguments
   */
  public static List<String> buildToRestore(
      Path qemu,
      MachineConfig config,
      Accelerator accelerator,
      ApplianceImage image,
      QemuSockets sockets,
      Path ram) {
    return restored(qemu, config, accelerator, image, sockets, ram, false);
  }

  /**
   * Builds the command line of a machine that goes on where a saved one stopped, to be saved again.
   * Its memory is the file, as of one that boots to be saved.
   *
   * @param qemu the program
   * @param config what the machine is
   * @param accelerator {@link Accelerator#KVM} or {@link Accelerator#TCG}
   * @param image what was booted
   * @param sockets what it connects to
   * @param ram the file, nobody else's
   * @return program and arguments
   */
  public static List<String> buildToSaveAgain(
      Path qemu,
      MachineConfig config,
      Accelerator accelerator,
      ApplianceImage image,
      QemuSockets sockets,
      Path ram) {
    return restored(qemu, config, accelerator, image, sockets, ram, true);
  }

  private static List<String> restored(
      Path qemu,
      MachineConfig config,
      Accelerator accelerator,
      ApplianceImage image,
      QemuSockets sockets,
      Path ram,
      boolean share) {
    QemuCommandLine line = new QemuCommandLine();
    line.common(qemu, config, accelerator, image, sockets, MACHINE + ",memory-backend=" + RAM);
    line.template(config, sockets, ram, share);
    // What the memory holds needs no loading.
    line.add("-incoming", "defer");
    return List.copyOf(line.arguments);
  }

  private void common(
      Path qemu,
      MachineConfig config,
      Accelerator accelerator,
      ApplianceImage image,
      QemuSockets sockets,
      String machine) {
    arguments.add(qemu.toString());
    isolation();
    machine(config, accelerator, machine);
    monitor(sockets.monitor());
    console(sockets.console());
    String queues = accelerator == Accelerator.TCG ? EMULATED_QUEUES : "";
    channel(sockets.channel(), queues);
    devices(config.network(), queues);
    if (image.kind() == Kind.OWN) {
      root(image.root(), queues);
    }
  }

  private void isolation() {
    add("-nodefaults");
    add("-no-user-config");
    add("-display", "none");
    add("-sandbox", SANDBOX);
  }

  private void machine(MachineConfig config, Accelerator accelerator, String machine) {
    add("-machine", machine);
    add("-accel", accelerator.qemuName());
    add("-cpu", accelerator == Accelerator.TCG ? EMULATED_CPU : "max");
    add("-m", config.memoryMegabytes() + "M");
    add("-smp", "" + config.processors());
    add("-rtc", "driftfix=slew");
    add("-no-reboot");
    add("-S");
  }

  private void monitor(Path socket) {
    add("-chardev", "socket,id=monitor0," + path(socket));
    add("-mon", "chardev=monitor0,mode=control");
  }

  private void console(Path socket) {
    add("-chardev", "socket,id=console0," + path(socket));
    add("-serial", "chardev:console0");
  }

  private void channel(Path socket, String queues) {
    add("-device", "virtio-serial-pci,id=serial0,max_ports=" + PORTS + queues);
    add("-chardev", "socket,id=channel0," + path(socket));
    add(
        "-device",
        "virtserialport,id=%s,bus=serial0.0,chardev=channel0,name=%s"
            .formatted(CHANNEL_PORT, CHANNEL_NAME));
  }

  /**
   * What a saved machine has besides. qemu opens the file for writing even when it maps it
   * copy-on-write (7.2 would map it read-only otherwise). There is no device with a generation id:
   * the daemon has the kernel renew its random numbers before anything uses them, and the ACPI code
   * that such a device makes the kernel interpret is a quarter of a launch under emulation.
   */
  private void template(MachineConfig config, QemuSockets sockets, Path ram, boolean share) {
    add(
        "-object",
        "memory-backend-file,id=%s,size=%dM,mem-path=%s,share=%s"
            .formatted(
                RAM,
                config.memoryMegabytes(),
                ram.toString().replace(",", ",,"),
                share ? "on" : "off"));
    control(sockets, CONTROL_NAME);
    placeholder();
  }

  private void placeholder() {
    add("-blockdev", Placeholder.node().toString());
    add("-device", Placeholder.device(SCSI_BUS).toString());
  }

  private void control(QemuSockets sockets, String name) {
    add("-chardev", "socket,id=control0," + path(sockets.control()));
    add("-device", "virtserialport,id=control0,bus=serial0.0,chardev=control0,name=" + name);
  }

  private void devices(boolean network, String queues) {
    add("-object", "rng-random,id=rng0,filename=/dev/urandom");
    add("-device", "virtio-rng-pci,rng=rng0");
    add("-device", "virtio-scsi-pci,id=scsi0" + queues);
    if (network) {
      add("-netdev", "user,id=net0,net=" + GUEST_NETWORK);
      add("-device", "virtio-net-pci,netdev=net0");
    }
  }

  /** Not locked: the file never changes, and every machine has it open. */
  private void root(Path image, String queues) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("driver", "raw").put("node-name", "root0").put("read-only", true);
    node.putObject("file")
        .put("driver", "file")
        .put("filename", image.toString())
        .put("read-only", true)
        .put("locking", "off");
    add("-blockdev", node.toString());
    add("-device", "virtio-blk-pci,drive=root0" + queues);
  }

  private void kernel(ApplianceImage image, MachineConfig config, Targets targets) {
    add("-kernel", image.kernel().toString());
    add("-initrd", image.initrd().toString());
    add("-append", KernelArguments.of(image, config, targets));
  }

  /** Only a machine that boots has them: what they do to one that is restored, nobody knows. */
  private void further(MachineConfig config) {
    for (QemuOption option : config.qemuOptions()) {
      add(option.name());
      if (option.value() != null) {
        add(option.value());
      }
    }
  }

  /** In qemu's option syntax a comma in a value is doubled. */
  private static String path(Path socket) {
    return "path=" + socket.toString().replace(",", ",,");
  }

  private void add(String... words) {
    arguments.addAll(List.of(words));
  }
}
