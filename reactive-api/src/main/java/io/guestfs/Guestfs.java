package io.guestfs;

import io.guestfs.appliance.AcceleratorChoice;
import io.guestfs.calls.AclCalls;
import io.guestfs.calls.ArchiveCalls;
import io.guestfs.calls.AttributeCalls;
import io.guestfs.calls.BlockDeviceCalls;
import io.guestfs.calls.BootLoaderCalls;
import io.guestfs.calls.CapabilityCalls;
import io.guestfs.calls.ChecksumCalls;
import io.guestfs.calls.CommandCalls;
import io.guestfs.calls.CompressionCalls;
import io.guestfs.calls.CopyCalls;
import io.guestfs.calls.CopyFileCalls;
import io.guestfs.calls.DaemonCalls;
import io.guestfs.calls.DeviceCalls;
import io.guestfs.calls.DeviceContentCalls;
import io.guestfs.calls.DeviceNameCalls;
import io.guestfs.calls.DirectoryCalls;
import io.guestfs.calls.DiskImageCalls;
import io.guestfs.calls.ExtCalls;
import io.guestfs.calls.ExtendedAttributeCalls;
import io.guestfs.calls.FileCalls;
import io.guestfs.calls.FileTypeCalls;
import io.guestfs.calls.FilesystemCalls;
import io.guestfs.calls.GptCalls;
import io.guestfs.calls.GrepCalls;
import io.guestfs.calls.HandleCalls;
import io.guestfs.calls.HostCopyCalls;
import io.guestfs.calls.InitrdCalls;
import io.guestfs.calls.InodeFlagCalls;
import io.guestfs.calls.InotifyCalls;
import io.guestfs.calls.IsoCalls;
import io.guestfs.calls.KernelCalls;
import io.guestfs.calls.LinkCalls;
import io.guestfs.calls.LogicalVolumeCalls;
import io.guestfs.calls.LuksCalls;
import io.guestfs.calls.LvmCalls;
import io.guestfs.calls.MdCalls;
import io.guestfs.calls.Mke2fsCalls;
import io.guestfs.calls.MountCalls;
import io.guestfs.calls.NodeCalls;
import io.guestfs.calls.NtfsCalls;
import io.guestfs.calls.PartitionCalls;
import io.guestfs.calls.PathCalls;
import io.guestfs.calls.PhysicalVolumeCalls;
import io.guestfs.calls.RsyncCalls;
import io.guestfs.calls.SelinuxCalls;
import io.guestfs.calls.SettingCalls;
import io.guestfs.calls.SfdiskCalls;
import io.guestfs.calls.SignatureCalls;
import io.guestfs.calls.SpaceCalls;
import io.guestfs.calls.SwapCalls;
import io.guestfs.calls.TextCalls;
import io.guestfs.calls.TransferCalls;
import io.guestfs.calls.VolumeGroupCalls;
import io.guestfs.calls.WipeCalls;
import io.guestfs.calls.XfsCalls;
import io.guestfs.protocol.annotation.ClientStubs;
import java.util.concurrent.ConcurrentMap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A handle on the disks of a launched appliance. {@link #builder()} makes one.
 *
 * <p><b>Calls.</b> Every method that returns a publisher is cold: nothing happens before
 * subscription, and each subscription is one call. Calls may be made from any thread and any number
 * at once; they are answered in the order of their subscriptions. A call that gives a list takes
 * the whole of it and lets the next call run before it signals the first item, so calls on the same
 * handle can be nested: {@code g.find("/").concatMap(p -> g.lstatns("/" + p))}. A stream of bytes
 * ({@code download}, {@code tarOut} …) holds the handle until it ends; when it stands still because
 * its subscriber asks for nothing, calls behind it wait, and {@link GuestfsEvent.TransferStalled}
 * says so.
 *
 * <p><b>Cancelling</b> never blocks, and what it does depends on how far the call is:
 *
 * <table>
 *   <caption>What cancelling a call does</caption>
 *   <tr><th>the call</th><th>effect</th></tr>
 *   <tr><td>waits</td><td>it is taken back; nothing was sent</td></tr>
 *   <tr><td>runs</td><td>its result is dropped when it comes; until then no other call runs</td></tr>
 *   <tr><td>uploads</td><td>the source is cancelled and the daemon told to break off; what it
 *       answers is dropped</td></tr>
 *   <tr><td>downloads</td><td>the daemon is told to stop; what is still on its way is dropped</td>
 *   </tr>
 *   <tr><td>launches</td><td>the machine is stopped, also when it has just come up: a handle that
 *       nobody got is closed</td></tr>
 *   <tr><td>closes</td><td>nothing: a close that began goes on to its end</td></tr>
 * </table>
 *
 * <p>In every case the next call works. A daemon that does not get to an end within the drain
 * timeout of the builder is stopped.
 *
 * <p><b>Errors</b> are signals of type {@link GuestfsException}; an upload whose source fails
 * signals the error of the source.
 *
 * <p><b>Threads.</b> Signals arrive on the event loop of the handle, where blocking is refused
 * ({@code block()} throws), unless {@link GuestfsBuilder#signalsOn} says otherwise. A call that is
 * rejected because too many wait is rejected on the thread that subscribes.
 */
@ClientStubs
public interface Guestfs
    extends AclCalls,
        ArchiveCalls,
        AttributeCalls,
        BlockDeviceCalls,
        BootLoaderCalls,
        CapabilityCalls,
        ChecksumCalls,
        CommandCalls,
        CompressionCalls,
        CopyCalls,
        CopyFileCalls,
        DaemonCalls,
        DeviceCalls,
        DeviceContentCalls,
        DeviceNameCalls,
        DirectoryCalls,
        DiskImageCalls,
        ExtCalls,
        ExtendedAttributeCalls,
        FileCalls,
        FileTypeCalls,
        FilesystemCalls,
        GptCalls,
        GrepCalls,
        HandleCalls,
        HostCopyCalls,
        InitrdCalls,
        InodeFlagCalls,
        InotifyCalls,
        IsoCalls,
        KernelCalls,
        LinkCalls,
        LogicalVolumeCalls,
        LuksCalls,
        LvmCalls,
        MdCalls,
        Mke2fsCalls,
        MountCalls,
        NodeCalls,
        NtfsCalls,
        PartitionCalls,
        PathCalls,
        PhysicalVolumeCalls,
        RsyncCalls,
        SelinuxCalls,
        SettingCalls,
        SfdiskCalls,
        SignatureCalls,
        SpaceCalls,
        SwapCalls,
        TextCalls,
        TransferCalls,
        VolumeGroupCalls,
        WipeCalls,
        XfsCalls {

  /**
   * Describes an appliance to launch.
   *
   * @return a builder without disks, with the defaults that the environment gives
   */
  static GuestfsBuilder builder() {
    return new GuestfsBuilder();
  }

  /**
   * Goes through a tree of any size: all that is below a directory, with attributes. Directories
   * come before what is in them, names in the order of their bytes; symbolic links are not
   * followed.
   *
   * <p>It is a series of calls, each for the names in one directory or the attributes of 1000 of
   * them, made as entries are asked for, or one entry ahead. No call is open in between, so others
   * may be made for each entry. What appears or goes away meanwhile may be found or not. The names
   * of one directory are held in memory, at most 64 MiB of them: beyond that the error is {@code
   * EFBIG} and {@link #ls0} or {@link #find0} is the way.
   *
   * @param directory where to begin; it is not itself among the entries
   * @return the entries. Cancelling it takes back the call that waits, or drops its result
   */
  default Flux<TreeEntry> walk(String directory) {
    return new TreeWalk(this).below(directory);
  }

  /**
   * Closes the handle: calls made before run to their end, everything is unmounted and written to
   * the disks, and the appliance is stopped.
   *
   * @return completes when qemu has ended and let go of the disks; an error when something could
   *     not be written, or did not end within the close timeout of the builder: the appliance has
   *     been stopped then, too. One close for all subscribers, also late ones; cancelling does not
   *     take it back
   */
  Mono<Void> close();

  /**
   * Whether the daemon of this handle has a call; one of another version may lack some. The daemon
   * is asked, and does nothing but answer. Whether the appliance has the programs that a call needs
   * is another question, see {@link #featureAvailable}.
   *
   * @param call the name that libguestfs gives it, such as {@code mkfs}
   * @return true when it can be called; true also for calls that the library makes of others, such
   *     as {@code cat}, and false for a name that this library does not know
   */
  Mono<Boolean> supports(String call);

  /**
   * Whatever the user wants to keep with the handle, by name. The library does not look at it.
   *
   * @return the same map every time, for any thread
   */
  ConcurrentMap<String, Object> privateData();

  /**
   * What the handle is doing.
   *
   * @return the state at this moment
   */
  GuestfsState state();

  /**
   * What happens from now on: progress, console lines, warnings.
   *
   * @return a hot stream that ends with the handle. A subscriber that does not keep up loses the
   *     oldest events it has not taken, see {@link #droppedEvents}; signals arrive on the event
   *     loop
   */
  Flux<GuestfsEvent> events();

  /**
   * How many events subscribers were too slow for.
   *
   * @return the sum over all subscribers
   */
  long droppedEvents();

  /**
   * What the appliance runs with.
   *
   * @return KVM or TCG, and why
   */
  AcceleratorChoice accelerator();
}
