package io.guestfs;

import io.guestfs.appliance.Accelerator;
import io.guestfs.appliance.Drive;
import io.guestfs.appliance.Environment;
import io.guestfs.appliance.MachineConfig;
import io.guestfs.appliance.QemuOption;
import io.guestfs.protocol.annotation.Configures;
import io.guestfs.protocol.frame.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Describes an appliance and its disks, and launches it as often as asked. Immutable: every method
 * that sets something returns a new builder, so one can be kept and shared.
 *
 * <p>What is not set comes from the environment variables of libguestfs ({@code LIBGUESTFS_PATH},
 * {@code LIBGUESTFS_HV}, {@code LIBGUESTFS_MEMSIZE}, {@code LIBGUESTFS_APPEND}, {@code
 * LIBGUESTFS_BACKEND_SETTINGS}, {@code LIBGUESTFS_DEBUG}, {@code LIBGUESTFS_TRACE}, {@code
 * LIBGUESTFS_TMPDIR}, {@code LIBGUESTFS_CACHEDIR}), and else from its defaults. Nothing is looked
 * at before the launch, which signals what is wrong as {@link LaunchException}.
 */
public final class GuestfsBuilder {

  /** Calls that may wait on one handle unless {@link #maxPendingCalls} says otherwise. */
  public static final int DEFAULT_MAX_PENDING_CALLS = 1024;

  private final Settings settings;

  GuestfsBuilder() {
    this(new Settings());
  }

  private GuestfsBuilder(Settings settings) {
    this.settings = settings;
  }

  /**
   * Adds a disk for reading and writing; the format is detected.
   *
   * @param image a file or a block device
   * @return a new builder
   */
  public GuestfsBuilder addDrive(Path image) {
    return addDrive(Drive.local(image).build());
  }

  /**
   * Adds a disk whose image stays as it is: what is written goes away with the handle.
   *
   * @param image a file or a block device
   * @return a new builder
   */
  @Configures({"add_drive_ro", "add_cdrom"})
  public GuestfsBuilder addDriveRo(Path image) {
    return addDrive(Drive.local(image).readOnly(true).build());
  }

  /**
   * Adds a disk as {@link #addDrive(Path)} does; every disk is on virtio-scsi.
   *
   * @param image a file or a block device
   * @param iface the interface that the disk was once to be on, such as {@code ide}; ignored, as
   *     libguestfs ignores it
   * @return a new builder
   * @deprecated replaced by {@link #addDrive(Path)}
   */
  @Deprecated
  @SuppressWarnings("InlineMeSuggester") // nobody has to change a program for it
  @Configures("add_drive_with_if")
  public GuestfsBuilder addDriveWithIf(Path image, String iface) {
    return addDrive(image);
  }

  /**
   * Adds a disk as {@link #addDriveRo(Path)} does; every disk is on virtio-scsi.
   *
   * @param image a file or a block device
   * @param iface the interface that the disk was once to be on, such as {@code ide}; ignored, as
   *     libguestfs ignores it
   * @return a new builder
   * @deprecated replaced by {@link #addDriveRo(Path)}
   */
  @Deprecated
  @SuppressWarnings("InlineMeSuggester") // nobody has to change a program for it
  @Configures("add_drive_ro_with_if")
  public GuestfsBuilder addDriveRoWithIf(Path image, String iface) {
    return addDriveRo(image);
  }

  /**
   * Adds a disk. Disks are {@code /dev/sda}, {@code /dev/sdb} … in the order in which they were
   * added.
   *
   * @param drive where it is, and how to use it
   * @return a new builder
   */
  @Configures("add_drive")
  public GuestfsBuilder addDrive(Drive drive) {
    return machine(machine -> machine.addDrive(drive));
  }

  /**
   * Adds a blank disk that goes away with the handle.
   *
   * @param sizeBytes its size; it takes next to no space until something is written
   * @return a new builder
   */
  @Configures("add_drive_scratch")
  public GuestfsBuilder addDriveScratch(long sizeBytes) {
    return machine(machine -> machine.addDrive(Drive.scratch(sizeBytes).build()));
  }

  /**
   * Takes the defaults from other variables than those of this process.
   *
   * @param variables names and values, as of the environment of a process
   * @return a new builder
   */
  @Configures({"parse_environment", "parse_environment_list"})
  public GuestfsBuilder environment(Map<String, String> variables) {
    Map<String, String> copy = Map.copyOf(variables);
    return with(changed -> changed.environment = copy);
  }

  /**
   * Sets where to look for an appliance that was not named.
   *
   * @param directories in this order; what {@code LIBGUESTFS_PATH} says unless set
   * @return a new builder
   */
  @Configures("set_path")
  public GuestfsBuilder searchPath(List<Path> directories) {
    List<Path> copy = List.copyOf(directories);
    return machine(machine -> machine.searchPath(copy));
  }

  /**
   * Sets where temporary files go; they may get as large as what is written to read-only disks.
   *
   * @param directory what {@code LIBGUESTFS_TMPDIR} or {@code TMPDIR} says unless set
   * @return a new builder
   */
  @Configures("set_tmpdir")
  public GuestfsBuilder temporaryDirectory(Path directory) {
    return machine(machine -> machine.temporaryDirectory(directory));
  }

  /**
   * Sets where what later launches can use again goes.
   *
   * @param directory what {@code LIBGUESTFS_CACHEDIR} says unless set
   * @return a new builder
   */
  @Configures("set_cachedir")
  public GuestfsBuilder cacheDirectory(Path directory) {
    return machine(machine -> machine.cacheDirectory(directory));
  }

  /**
   * Demands a backend. There is one only, so this is for programs that let their users name it.
   *
   * @param backend {@code direct}, or its old name {@code appliance}; the launch refuses others
   * @return a new builder
   */
  @Configures({"set_backend", "set_attach_method"})
  public GuestfsBuilder backend(String backend) {
    return machine(machine -> Environment.checkBackend(backend));
  }

  /**
   * Sets all settings of the backend.
   *
   * @param settings {@code force_tcg} or {@code force_kvm}, for which there is also {@link
   *     #accelerator}; what {@code LIBGUESTFS_BACKEND_SETTINGS} says unless set. The launch refuses
   *     others
   * @return a new builder
   */
  @Configures({"set_backend_settings", "set_backend_setting", "clear_backend_setting"})
  public GuestfsBuilder backendSettings(List<String> settings) {
    List<String> copy = List.copyOf(settings);
    return with(changed -> changed.backendSettings = copy);
  }

  /**
   * Sets whether closing the handle unmounts everything and writes it to the disks.
   *
   * @param autosync true unless set
   * @return a new builder
   */
  public GuestfsBuilder autosync(boolean autosync) {
    return with(changed -> changed.autosync = autosync);
  }

  /**
   * Names the handle in its trace, to tell it from others.
   *
   * @param identifier in front of each line; none unless set
   * @return a new builder
   */
  public GuestfsBuilder identifier(String identifier) {
    return with(changed -> changed.identifier = identifier);
  }

  /**
   * Names the appliance, before all places where it would be searched for.
   *
   * @param directory holds {@code kernel}, {@code initrd} and {@code root}
   * @return a new builder
   */
  public GuestfsBuilder appliance(Path directory) {
    return machine(machine -> machine.applianceDirectory(directory));
  }

  /**
   * Sets the memory of the appliance.
   *
   * @param megabytes in units of 2²⁰ bytes; {@value MachineConfig#DEFAULT_MEMORY_MEGABYTES} unless
   *     set
   * @return a new builder
   */
  @Configures("set_memsize")
  public GuestfsBuilder memoryMegabytes(int megabytes) {
    return machine(machine -> machine.memoryMegabytes(megabytes));
  }

  /**
   * Sets the number of virtual CPUs.
   *
   * @param processors 1 unless set
   * @return a new builder
   */
  @Configures("set_smp")
  public GuestfsBuilder processors(int processors) {
    return machine(machine -> machine.processors(processors));
  }

  /**
   * Sets whether the appliance has a network; it has none unless set.
   *
   * @param network true for a network card behind qemu's user-mode NAT
   * @return a new builder
   */
  @Configures("set_network")
  public GuestfsBuilder network(boolean network) {
    return machine(machine -> machine.network(network));
  }

  /**
   * Sets arguments for the kernel of the appliance.
   *
   * @param arguments added to those that are needed
   * @return a new builder
   */
  @Configures("set_append")
  public GuestfsBuilder appendKernel(String arguments) {
    return machine(machine -> machine.appendKernel(arguments));
  }

  /**
   * Sets whether the kernel of the appliance is asked to run with SELinux. It does not enforce
   * anything then; that of this project's appliance has no policy, so labels are what they are
   * without: attributes of files.
   *
   * @param selinux true for {@code selinux=1 enforcing=0} among the kernel's arguments; false
   *     unless set, which is {@code selinux=0}
   * @return a new builder
   * @deprecated replaced by {@link Guestfs#setfiles}, which labels files
   */
  @Deprecated
  @SuppressWarnings("InlineMeSuggester") // nobody has to change a program for it
  @Configures("set_selinux")
  public GuestfsBuilder selinux(boolean selinux) {
    return machine(machine -> machine.selinux(selinux));
  }

  /**
   * Sets what runs the appliance's instructions.
   *
   * @param accelerator {@link Accelerator#AUTO} unless set
   * @return a new builder
   */
  public GuestfsBuilder accelerator(Accelerator accelerator) {
    return machine(machine -> machine.accelerator(accelerator));
  }

  /**
   * Sets whether the appliance may be one that was saved after its boot, a template, which makes
   * launches many times faster. Handles launched from one template share memory that none of them
   * has changed, through which one guest may tell what others read; without, every handle boots,
   * and shares nothing.
   *
   * <p>The first launch saves a machine right after its boot, which takes little longer than to
   * boot one. Machines that run from such a template are slow at their first calls, until it has
   * been warmed: see {@link #warmTemplates} and {@link #prepareTemplate}.
   *
   * @param templates true unless set
   * @return a new builder
   */
  public GuestfsBuilder templates(boolean templates) {
    return machine(machine -> machine.templates(templates));
  }

  /**
   * Sets whether a launch from a template that is not warm has it warmed. That happens behind the
   * launch, which does not wait for it, and takes some ten seconds of processor time at the lowest
   * priority, in a qemu that has nobody's disks; launches after that are from the warm template.
   * One template at a time is warmed. It goes on when the handle closes, and ends with this JVM; a
   * program that ends earlier leaves the template as it was. What fails is a {@link
   * GuestfsEvent.Warning} for the handle that was launched, and is tried again after ten minutes.
   *
   * @param warmTemplates true unless set; false for programs that have their templates warm by
   *     {@link #prepareTemplate}, or are too short to gain by it
   * @return a new builder
   */
  public GuestfsBuilder warmTemplates(boolean warmTemplates) {
    return machine(machine -> machine.warmTemplates(warmTemplates));
  }

  /**
   * Names qemu.
   *
   * @param qemu name or path of qemu, or of a script that runs it; neither can gain privileges, so
   *     a script cannot use {@code sudo}
   * @return a new builder
   */
  @Configures({"set_hv", "set_qemu"})
  public GuestfsBuilder qemu(String qemu) {
    return machine(machine -> machine.qemu(qemu));
  }

  /**
   * Adds an option to the end of qemu's command line. The machine is not launched from a template
   * then: it boots. Nothing looks at what the option does: one can undo what keeps qemu in check,
   * open files of the host, or keep the machine from coming up.
   *
   * @param name with its dash, such as {@code -device}. The launch refuses those that libguestfs
   *     refuses, {@code -kernel}, {@code -initrd}, {@code -nographic}, {@code -display}, {@code
   *     -serial}, {@code -full-screen}, {@code -std-vga} and {@code -vnc}, and {@code -daemonize}
   * @param value the word behind it, taken as it is; null for an option that has none
   * @return a new builder, with the options added before and this one
   */
  @Configures("config")
  public GuestfsBuilder qemuOption(String name, @Nullable String value) {
    return machine(machine -> machine.addQemuOption(new QemuOption(name, value)));
  }

  /**
   * Keeps what a program says about the process group of qemu. qemu has a session of its own in any
   * case, so the terminal's interrupt reaches this program only; when the program ends of it, qemu
   * is ended too, which is what {@code false} is for.
   *
   * @param pgroup true unless set; what {@link Guestfs#getPgroup} answers
   * @return a new builder
   */
  @Configures("set_pgroup")
  public GuestfsBuilder pgroup(boolean pgroup) {
    return with(changed -> changed.pgroup = pgroup);
  }

  /**
   * Keeps what a program says about the process that ends qemu when the program is gone. There is
   * one in any case: that of libguestfs is turned off for programs that go into the background,
   * which it takes for their end; this one holds a pipe that stays open as long as the program
   * runs, wherever.
   *
   * @param recoveryProc true unless set; what {@link Guestfs#getRecoveryProc} answers
   * @return a new builder
   */
  @Configures("set_recovery_proc")
  public GuestfsBuilder recoveryProc(boolean recoveryProc) {
    return with(changed -> changed.recoveryProc = recoveryProc);
  }

  /**
   * Sets the user of the host that qemu runs as, so that a guest that breaks out of qemu has the
   * rights of that user only. This takes root. The user must be able to reach and read the
   * appliance and the images, to write to images that are not read-only, and to enter the directory
   * for temporary files; the launch refuses what it cannot. qemu sees none of this process's
   * environment variables. The appliance is not launched from a template, which would give that
   * user a file that machines of others run from: it boots, and a {@link GuestfsEvent.Warning} says
   * so unless {@link #templates} are off.
   *
   * @param user name or number; the user of this process unless set. The launch refuses one that
   *     does not exist
   * @return a new builder
   */
  public GuestfsBuilder runAs(String user) {
    return machine(machine -> machine.runAs(user));
  }

  /**
   * Sets whether kernel and daemon say on the console what they do, see {@link
   * GuestfsEvent.ConsoleLine}, and the library which messages it sends and receives, see {@link
   * GuestfsEvent.Debug}.
   *
   * @param verbose what {@code LIBGUESTFS_DEBUG} says unless set
   * @return a new builder
   */
  public GuestfsBuilder verbose(boolean verbose) {
    return machine(machine -> machine.verbose(verbose));
  }

  /**
   * Sets whether the lines of the appliance's console are copied to the standard output of this
   * process; they are events all the same, see {@link GuestfsEvent.ConsoleLine}. The machine boots
   * then, so that there is something to see, and is not launched from a template. When the standard
   * output takes nothing for long, the oldest lines that wait are lost; the machine goes on.
   *
   * @param direct false unless set
   * @return a new builder
   * @deprecated replaced by {@link #listener} and {@link Guestfs#events}
   */
  @Deprecated
  @SuppressWarnings("InlineMeSuggester") // nobody has to change a program for it
  @Configures("set_direct")
  public GuestfsBuilder direct(boolean direct) {
    return machine(machine -> machine.direct(direct));
  }

  /**
   * Sets whether calls are logged by {@code io.guestfs.trace} and are events. Keys and content are
   * not shown.
   *
   * @param trace what {@code LIBGUESTFS_TRACE} says unless set
   * @return a new builder
   */
  public GuestfsBuilder trace(boolean trace) {
    return with(changed -> changed.trace = trace);
  }

  /**
   * Limits the launch, and the time from the daemon's port being open to its first word.
   *
   * @param timeout for each of the two; 5 minutes unless set
   * @return a new builder
   */
  public GuestfsBuilder launchTimeout(Duration timeout) {
    return machine(machine -> machine.launchTimeout(timeout))
        .with(changed -> changed.handshakeTimeout = timeout);
  }

  /**
   * Limits every call, from its subscription to its reply; the time that content flows does not
   * count. There is no limit unless set: making a file system may take long.
   *
   * @param timeout after which the call fails with {@link CallTimeoutException}
   * @return a new builder
   */
  public GuestfsBuilder callTimeout(Duration timeout) {
    return with(changed -> changed.callTimeout = timeout);
  }

  /**
   * Limits how long a transfer may stand still because of the appliance: a download of which
   * content was asked for, or an upload whose content is not taken.
   *
   * @param timeout 5 minutes unless set
   * @return a new builder
   */
  public GuestfsBuilder idleTimeout(Duration timeout) {
    return with(changed -> changed.idleTimeout = timeout);
  }

  /**
   * Limits how long a call may go on in the appliance after it was cancelled or took too long.
   * After that the appliance is stopped, and what waits fails with {@link
   * ProtocolViolationException}.
   *
   * @param timeout 1 minute unless set
   * @return a new builder
   */
  public GuestfsBuilder drainTimeout(Duration timeout) {
    return with(changed -> changed.drainTimeout = timeout);
  }

  /**
   * Limits how long {@link Guestfs#close} waits for the calls made before and for the last flush.
   *
   * @param timeout 5 minutes unless set
   * @return a new builder
   */
  public GuestfsBuilder closeTimeout(Duration timeout) {
    return with(changed -> changed.closeTimeout = timeout);
  }

  /**
   * Bounds the calls that may wait and run on a handle; further ones fail with {@link
   * CallRejectedException}.
   *
   * @param calls at least 1; {@value #DEFAULT_MAX_PENDING_CALLS} unless set
   * @return a new builder
   */
  public GuestfsBuilder maxPendingCalls(int calls) {
    return with(changed -> changed.maxPendingCalls = calls);
  }

  /**
   * Listens to what happens, from the first step of the launch on; {@link Guestfs#events} has the
   * rest only.
   *
   * @param listener called on the event loop; must not block
   * @return a new builder
   */
  public GuestfsBuilder listener(Consumer<GuestfsEvent> listener) {
    return with(changed -> changed.listener = listener);
  }

  /**
   * Sets what is told of calls and launches, to measure or trace them.
   *
   * @param instrumentation for instance that of {@code io.guestfs.observation}; none unless set
   * @return a new builder
   */
  public GuestfsBuilder instrumentation(GuestfsInstrumentation instrumentation) {
    GuestfsInstrumentation guarded = new GuardedInstrumentation(instrumentation);
    return with(changed -> changed.instrumentation = guarded);
  }

  /**
   * Sets where signals of calls arrive.
   *
   * @param scheduler the event loop of the handle, where nothing may block, unless set
   * @return a new builder
   */
  public GuestfsBuilder signalsOn(Scheduler scheduler) {
    return with(changed -> changed.signalScheduler = scheduler);
  }

  /**
   * Sets the event loops to run on.
   *
   * @param resources {@link GuestfsResources#shared} unless set
   * @return a new builder
   */
  public GuestfsBuilder resources(GuestfsResources resources) {
    return with(changed -> changed.resources = resources);
  }

  /**
   * Launches. Each subscription is a machine of its own.
   *
   * @return the handle, which is to be closed; {@link LaunchException} when there is none.
   *     Cancelling stops the machine, also when it has just come up. An operator downstream that
   *     drops a handle because it was cancelled itself cannot be seen from here: {@link #using} is
   *     safe from that
   */
  @Configures("launch")
  public Mono<Guestfs> launch() {
    return toLaunch().launch();
  }

  /**
   * Launches, does something with the handle, and closes it, whatever comes of it. The handle is
   * closed before the result completes.
   *
   * @param <T> what comes out of it
   * @param work what to do
   * @return what {@code work} gives; an error of it, of the launch, or of closing. Cancelling
   *     cancels the launch or the work, and closes the handle
   */
  public <T> Flux<T> using(Function<? super Guestfs, ? extends Publisher<? extends T>> work) {
    return Lease.using(launch(), work);
  }

  /**
   * As {@link #using}, for one result at most.
   *
   * @param <T> what comes out of it
   * @param work what to do
   * @return as {@link #using}; the result is signalled after the handle was closed
   */
  public <T> Mono<T> usingMono(Function<? super Guestfs, ? extends Mono<? extends T>> work) {
    return Lease.usingMono(launch(), work);
  }

  /**
   * Makes the template that appliances of this configuration are launched from, and warms it, for
   * when a program is installed or a server starts. Disks do not matter and are not looked at. Each
   * subscription looks whether it is there and warm, does what is missing (about the time of two
   * launches without a template, for most of which one processor is busy), and waits for what
   * another one, or another process, does already, each step within {@link #launchTimeout}. It does
   * so also where {@link #warmTemplates} is off.
   *
   * @return completes when the template is there and warm. Cancelling gives up what this
   *     subscription does, and leaves what others do alone. {@link LaunchException} when the
   *     machine to be saved does not come up, when the template cannot be kept, or when there is
   *     none for such a configuration: {@link #templates} are off, {@link #verbose}, {@link
   *     #direct}, a {@link #qemuOption(String, String)} or {@link #runAs} is set, or the appliance
   *     is a fixed one
   */
  public Mono<Void> prepareTemplate() {
    return toLaunch().prepareTemplate();
  }

  Launch toLaunch() {
    return new Launch(settings);
  }

  /** For tests: launches otherwise. */
  GuestfsBuilder launcher(Launch.Launcher launcher) {
    return with(changed -> changed.launcher = launcher);
  }

  /** For tests: offers the daemon other limits. */
  GuestfsBuilder limits(Limits limits) {
    return with(changed -> changed.limits = limits);
  }

  private GuestfsBuilder machine(Consumer<MachineConfig.Builder> step) {
    return with(changed -> changed.machine = changed.machine.andThen(step));
  }

  private GuestfsBuilder with(Consumer<Settings> change) {
    Settings changed = new Settings(settings);
    change.accept(changed);
    return new GuestfsBuilder(changed);
  }
}
