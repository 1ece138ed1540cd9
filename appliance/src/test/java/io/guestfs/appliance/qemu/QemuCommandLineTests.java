package io.guestfs.appliance.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.appliance.Accelerator;
import io.guestfs.appliance.Drive;
import io.guestfs.appliance.Environment;
import io.guestfs.appliance.MachineConfig;
import io.guestfs.appliance.QemuOption;
import io.guestfs.appliance.image.ApplianceImage;
import io.guestfs.appliance.image.ApplianceImage.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QemuCommandLineTests {

  private static final Path QEMU = Path.of("/usr/bin/qemu-system-x86_64");
  private static final QemuSockets SOCKETS = QemuSockets.in(Path.of("/run/x"));
  private static final ApplianceImage OWN =
      new ApplianceImage(Path.of("/a"), Kind.OWN, List.of("its", "own"), true);

  private static final String COMMON =
      "panic=1 console=ttyS0 edd=off udevtimeout=6000 udev.event-timeout=6000 no_timer_check"
          + " printk.time=1 cgroup_disable=memory usbcore.nousb cryptomgr.notests tsc=reliable"
          + " 8250.nr_uarts=1 selinux=0";

  @TempDir Path directory;

  private static MachineConfig.Builder config() {
    return MachineConfig.builder(Environment.of(Map.of("HOME", "/root")));
  }

  private static List<String> build(MachineConfig config) {
    return QemuCommandLine.build(QEMU, config, Accelerator.TCG, OWN, SOCKETS);
  }

  @Test
  void isTheWholeMachine() {
    assertThat(String.join("\n", build(config().build())))
        .isEqualTo(
            """
            /usr/bin/qemu-system-x86_64
            -nodefaults
            -no-user-config
            -display
            none
            -sandbox
            on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny
            -machine
            q35,usb=off,vmport=off,smbus=off,sata=off,hpet=off
            -accel
            tcg
            -cpu
            max,la57=off,erms=off,fsrm=off,avx2=off
            -m
            1280M
            -smp
            1
            -rtc
            driftfix=slew
            -no-reboot
            -S
            -chardev
            socket,id=monitor0,path=/run/x/monitor
            -mon
            chardev=monitor0,mode=control
            -chardev
            socket,id=console0,path=/run/x/console
            -serial
            chardev:console0
            -device
            virtio-serial-pci,id=serial0,max_ports=3,ioeventfd=off
            -chardev
            socket,id=channel0,path=/run/x/channel
            -device
            virtserialport,id=channel0,bus=serial0.0,chardev=channel0,name=org.libguestfs.channel.0
            -object
            rng-random,id=rng0,filename=/dev/urandom
            -device
            virtio-rng-pci,rng=rng0
            -device
            virtio-scsi-pci,id=scsi0,ioeventfd=off
            -blockdev
            {"driver":"raw","node-name":"root0","read-only":true,"file":{"driver":"file",\
            "filename":"/a/root","read-only":true,"locking":"off"}}
            -device
            virtio-blk-pci,drive=root0,ioeventfd=off
            -kernel
            /a/kernel
            -initrd
            /a/initrd
            -append
            """
                + COMMON
                + " quiet its own guestfs_targets=0-0 lsm=capability TERM=linux");
  }

  @Test
  void followsTheConfiguration() {
    MachineConfig config =
        config().memoryMegabytes(512).processors(4).network(true).appendKernel(" a b ").build();
    assertThat(build(config))
        .containsSequence("-m", "512M")
        .containsSequence("-smp", "4")
        .containsSequence("-netdev", "user,id=net0,net=169.254.0.0/16")
        .containsSequence("-device", "virtio-net-pci,netdev=net0")
        .containsSequence(
            "-append",
            COMMON
                + " quiet its own guestfs_targets=0-0 lsm=capability guestfs_network=1 TERM=linux a b");
  }

  @Test
  void tellsTheKernelWhereItFindsDisksWhenItBoots() {
    MachineConfig two =
        config()
            .addDrive(Drive.local(Path.of("/a")).build())
            .addDrive(Drive.scratch(512).build())
            .build();
    assertThat(build(two)).anyMatch(word -> word.contains(" guestfs_targets=0-2 "));
    assertThat(QemuCommandLine.buildToWait(QEMU, two, Accelerator.TCG, OWN, SOCKETS))
        .anyMatch(word -> word.contains(" guestfs_targets=255-256 "));
    assertThat(
            QemuCommandLine.buildToSave(QEMU, two, Accelerator.TCG, OWN, SOCKETS, Path.of("/ram")))
        .anyMatch(word -> word.contains(" guestfs_targets=255-256 "));
  }

  @Test
  void asksTheKernelForSelinux() {
    assertThat(build(config().selinux(true).build()))
        .containsSequence(
            "-append",
            COMMON.replace("selinux=0", "selinux=1 enforcing=0")
                + " quiet its own guestfs_targets=0-0 lsm=selinux TERM=linux");
  }

  @Test
  void endsWithTheOptionsThatWereAdded() {
    MachineConfig config =
        config()
            .addQemuOption(new QemuOption("-name", "a b,c"))
            .addQemuOption(new QemuOption("-no-hpet", null))
            .build();
    assertThat(build(config)).endsWith("-name", "a b,c", "-no-hpet");
  }

  @Test
  void hasNoNetworkUnlessAskedFor() {
    assertThat(build(config().build())).noneMatch(word -> word.contains("net"));
  }

  @Test
  void isNotQuietWhenVerbose() {
    assertThat(build(config().verbose(true).build()))
        .containsSequence(
            "-append",
            COMMON + " its own guestfs_targets=0-0 lsm=capability guestfs_verbose=1 TERM=linux");
  }

  @Test
  void isMadeForTheHostsProcessorUnderKvm() {
    assertThat(QemuCommandLine.build(QEMU, config().build(), Accelerator.KVM, OWN, SOCKETS))
        .containsSequence("-accel", "kvm", "-cpu", "max", "-m")
        .contains("virtio-scsi-pci,id=scsi0", "virtio-blk-pci,drive=root0");
  }

  @Test
  void doublesCommasInPaths() {
    QemuSockets sockets = QemuSockets.in(Path.of("/run/a,b"));
    assertThat(QemuCommandLine.build(QEMU, config().build(), Accelerator.TCG, OWN, sockets))
        .contains("socket,id=monitor0,path=/run/a,,b/monitor");
  }

  @Test
  void savedMachineHasItsMemoryInFile() {
    List<String> cold = build(config().build());
    List<String> saving =
        QemuCommandLine.buildToSave(
            QEMU, config().build(), Accelerator.TCG, OWN, SOCKETS, Path.of("/t,1/ram"));
    assertThat(saving)
        .containsSequence(
            "-object",
            "memory-backend-file,id=ram0,size=1280M,mem-path=/t,,1/ram,share=on",
            "-chardev",
            "socket,id=control0,path=/run/x/control",
            "-device",
            "virtserialport,id=control0,bus=serial0.0,chardev=control0,name=io.guestfs.control.0",
            "-blockdev",
            """
            {"driver":"null-co","size":1048576,"read-zeroes":true,"node-name":"placeholder0"}""",
            "-device",
            """
            {"driver":"scsi-hd","id":"placeholder","bus":"scsi0.0","channel":0,"scsi-id":255,\
            "lun":0,"drive":"placeholder0","werror":"report","rerror":"report"}""")
        .endsWith(
            cold.subList(cold.indexOf("-kernel"), cold.size()).stream()
                .map(word -> word.replace("guestfs_targets=0-0", "guestfs_targets=255-256"))
                .toArray(String[]::new))
        .anyMatch(word -> word.startsWith("q35,") && word.endsWith(",memory-backend=ram0"));
  }

  @Test
  void restoredMachineIsTheSavedOneWithItsMemoryPrivateAndNothingToBoot() {
    List<String> saving =
        QemuCommandLine.buildToSave(
            QEMU, config().build(), Accelerator.TCG, OWN, SOCKETS, Path.of("/ram"));
    List<String> expected = new ArrayList<>(saving.subList(0, saving.indexOf("-kernel")));
    expected.replaceAll(word -> word.replace("share=on", "share=off"));
    expected.addAll(List.of("-incoming", "defer"));
    assertThat(
            QemuCommandLine.buildToRestore(
                QEMU, config().build(), Accelerator.TCG, OWN, SOCKETS, Path.of("/ram")))
        .isEqualTo(expected);
    expected.replaceAll(word -> word.replace("share=off", "share=on"));
    assertThat(
            QemuCommandLine.buildToSaveAgain(
                QEMU, config().build(), Accelerator.TCG, OWN, SOCKETS, Path.of("/ram")))
        .isEqualTo(expected);
  }

  @Test
  void namesTheRootOfFixedApplianceByUuidAndLeavesItsDiskToTheDrives() throws IOException {
    byte[] root = new byte[2048];
    root[1024 + 0x38] = 0x53;
    root[1024 + 0x39] = (byte) 0xef;
    root[1024 + 0x68] = 0x12;
    Files.write(directory.resolve("root"), root);
    ApplianceImage fixed = new ApplianceImage(directory, Kind.FIXED, List.of(), false);
    List<String> line =
        QemuCommandLine.build(QEMU, config().build(), Accelerator.TCG, fixed, SOCKETS);
    assertThat(line).doesNotContain("-blockdev");
    assertThat(line.get(line.size() - 1))
        .contains("root=UUID=12000000-0000-0000-0000-000000000000", "panic=1", "selinux=0");
  }
}
