package io.guestfs.daemon;

import io.guestfs.calls.wire.CallContext;
import io.guestfs.calls.wire.Procedures;
import io.guestfs.calls.wire.Roles;
import io.guestfs.daemon.connection.CallService;
import io.guestfs.daemon.device.DeviceNames;
import io.guestfs.daemon.device.Disks;
import io.guestfs.daemon.device.LayeredDevices;
import io.guestfs.daemon.device.WrittenDevices;
import io.guestfs.daemon.filesystem.FilesystemScan;
import io.guestfs.daemon.handler.AclHandler;
import io.guestfs.daemon.handler.ArchiveHandler;
import io.guestfs.daemon.handler.AttributeHandler;
import io.guestfs.daemon.handler.BlockDeviceHandler;
import io.guestfs.daemon.handler.BootLoaderHandler;
import io.guestfs.daemon.handler.CapabilityHandler;
import io.guestfs.daemon.handler.ChecksumHandler;
import io.guestfs.daemon.handler.CommandHandler;
import io.guestfs.daemon.handler.CompressionHandler;
import io.guestfs.daemon.handler.CopyFileHandler;
import io.guestfs.daemon.handler.CopyHandler;
import io.guestfs.daemon.handler.DaemonHandler;
import io.guestfs.daemon.handler.DeviceContentHandler;
import io.guestfs.daemon.handler.DeviceHandler;
import io.guestfs.daemon.handler.DeviceNameHandler;
import io.guestfs.daemon.handler.DirectoryHandler;
import io.guestfs.daemon.handler.ExtHandler;
import io.guestfs.daemon.handler.ExtendedAttributeHandler;
import io.guestfs.daemon.handler.FileHandler;
import io.guestfs.daemon.handler.FileTypeHandler;
import io.guestfs.daemon.handler.FilesystemHandler;
import io.guestfs.daemon.handler.GptHandler;
import io.guestfs.daemon.handler.GrepHandler;
import io.guestfs.daemon.handler.InitrdHandler;
import io.guestfs.daemon.handler.InodeFlagHandler;
import io.guestfs.daemon.handler.InotifyHandler;
import io.guestfs.daemon.handler.InternalHandler;
import io.guestfs.daemon.handler.IsoHandler;
import io.guestfs.daemon.handler.KernelHandler;
import io.guestfs.daemon.handler.LinkHandler;
import io.guestfs.daemon.handler.LogicalVolumeHandler;
import io.guestfs.daemon.handler.LuksHandler;
import io.guestfs.daemon.handler.LvmHandler;
import io.guestfs.daemon.handler.MdHandler;
import io.guestfs.daemon.handler.Mke2fsHandler;
import io.guestfs.daemon.handler.MountHandler;
import io.guestfs.daemon.handler.NodeHandler;
import io.guestfs.daemon.handler.NtfsHandler;
import io.guestfs.daemon.handler.PartitionHandler;
import io.guestfs.daemon.handler.PathHandler;
import io.guestfs.daemon.handler.PhysicalVolumeHandler;
import io.guestfs.daemon.handler.RetiredHandler;
import io.guestfs.daemon.handler.RsyncHandler;
import io.guestfs.daemon.handler.SelinuxHandler;
import io.guestfs.daemon.handler.SfdiskHandler;
import io.guestfs.daemon.handler.SignatureHandler;
import io.guestfs.daemon.handler.SpaceHandler;
import io.guestfs.daemon.handler.SwapHandler;
import io.guestfs.daemon.handler.TextHandler;
import io.guestfs.daemon.handler.TransferHandler;
import io.guestfs.daemon.handler.VolumeGroupHandler;
import io.guestfs.daemon.handler.WipeHandler;
import io.guestfs.daemon.handler.XfsHandler;
import io.guestfs.daemon.lvm.Lvm;
import io.guestfs.daemon.mount.Mounts;
import io.guestfs.daemon.root.GuestRoot;
import io.guestfs.protocol.call.CallDescriptor;
import org.jspecify.annotations.Nullable;

/** All calls, each family with its handler. */
final class ServedCalls implements CallService {
  private final Roles roles;
  private final Procedures procedures;

  private ServedCalls(Roles roles, Procedures procedures) {
    this.roles = roles;
    this.procedures = procedures;
  }

  static ServedCalls of(GuestRoot root, Disks disks) {
    DeviceNames names = new DeviceNames(disks);
    LayeredDevices layers = new LayeredDevices(disks);
    Lvm lvm = new Lvm(disks);
    FileHandler files = new FileHandler(root);
    DirectoryHandler directories = new DirectoryHandler(root);
    ExtendedAttributeHandler attributes = new ExtendedAttributeHandler(root);
    Mounts mounted = new Mounts(root);
    MountHandler mounts = new MountHandler(mounted);
    FilesystemHandler filesystems =
        new FilesystemHandler(
            root, new WrittenDevices(disks, names), new FilesystemScan(disks, layers), mounted);
    NtfsHandler ntfs = new NtfsHandler();
    Procedures procedures =
        new Procedures(
            new AclHandler(root),
            new ArchiveHandler(root),
            new AttributeHandler(root),
            new BlockDeviceHandler(),
            new BootLoaderHandler(root),
            new CapabilityHandler(root),
            new ChecksumHandler(root),
            new CommandHandler(root),
            new CompressionHandler(root),
            new CopyHandler(root),
            new CopyFileHandler(root),
            new DaemonHandler(),
            new DeviceHandler(disks, layers),
            new DeviceContentHandler(),
            new DeviceNameHandler(disks, layers),
            directories,
            new ExtHandler(root),
            attributes,
            files,
            new FileTypeHandler(root),
            filesystems,
            new GptHandler(),
            new GrepHandler(root),
            new InitrdHandler(root),
            new InodeFlagHandler(root),
            new InotifyHandler(root, disks),
            new InternalHandler(root, files, directories, attributes, mounts, filesystems, names),
            new IsoHandler(root),
            new KernelHandler(disks),
            new LinkHandler(root),
            new LogicalVolumeHandler(lvm, disks, layers),
            new LuksHandler(),
            new LvmHandler(lvm, names),
            new MdHandler(disks, layers, names),
            new Mke2fsHandler(names),
            mounts,
            new NodeHandler(root),
            ntfs,
            new PartitionHandler(),
            new PathHandler(root),
            new PhysicalVolumeHandler(lvm),
            new RetiredHandler(root, files, directories, filesystems, ntfs),
            new RsyncHandler(root),
            new SelinuxHandler(root),
            new SfdiskHandler(),
            new SignatureHandler(disks, layers, names),
            new SpaceHandler(root),
            new SwapHandler(root),
            new TextHandler(root),
            new TransferHandler(root),
            new VolumeGroupHandler(lvm),
            new WipeHandler(root),
            new XfsHandler(root, mounted, names));
    return new ServedCalls(names, procedures);
  }

  @Override
  public Roles roles() {
    return roles;
  }

  @Override
  public @Nullable CallDescriptor<?> find(int procedure) {
    return Procedures.find(procedure);
  }

  @Override
  public @Nullable Object serve(int procedure, @Nullable Object[] arguments, CallContext context) {
    return procedures.dispatch(procedure, arguments, context);
  }
}
