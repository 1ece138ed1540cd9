package io.guestfs.appliance;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decides what a machine is.
 *
 * @param environment the environment that the defaults came from, and the directories to use
 * @param applianceDirectory where the appliance is; when null it is searched for
 * @param drives the disks, in the order in which the guest names them
 * @param memoryMegabytes memory of the guest
 * @param processors virtual CPUs
 * @param network whether the guest gets a network card behind qemu's user-mode NAT
 * @param appendKernel more arguments for the guest's kernel, empty for none
 * @param selinux whether the guest's kernel is asked to run with SELinux, permissively
 * @param accelerator what to run the guest's instructions with
 * @param templates whether the machine may be one that was saved after its boot, and so share
 *     memory that it has not changed with other machines
 * @param warmTemplates whether a launch from a template that is not warm has it warmed behind
 *     everything else
 * @param verbose whether kernel and daemon say on the console what they do
 * @param direct whether the console is copied to the standard output of this process
 * @param qemu name or path of qemu, or of a script that runs it
 * @param qemuOptions more options for qemu, behind its others
 * @param runAs the user of the host to run qemu as, or null for the one of this process
 * @param launchTimeout limit of one launch, until the daemon opens its port
 * @param kvmDeadline with {@link Accelerator#AUTO}, how long a launch with KVM may take before TCG
 *     is tried
 * @param stopTimeout how long qemu may take to quit before it is killed
 */
public record MachineConfig(
    Environment environment,
    @Nullable Path applianceDirectory,
    List<Drive> drives,
    int memoryMegabytes,
    int processors,
    boolean network,
    String appendKernel,
    boolean selinux,
    Accelerator accelerator,
    boolean templates,
    boolean warmTemplates,
    boolean verbose,
    boolean direct,
    String qemu,
    List<QemuOption> qemuOptions,
    @Nullable String runAs,
    Duration launchTimeout,
    Duration kvmDeadline,
    Duration stopTimeout) {

  /** As libguestfs: LUKS2 alone may want 1 GiB to derive a key. */
  public static final int DEFAULT_MEMORY_MEGABYTES = 1280;

  /** Below this the kernel and the daemon do not fit. */
  public static final int MIN_MEMORY_MEGABYTES = 256;

  /** As libguestfs. */
  public static final int MAX_PROCESSORS = 255;

  /** A virtio-scsi bus has 256 targets, and a fixed appliance takes one for its root. */
  public static final int MAX_DRIVES = 255;

  /** What is run when neither the caller nor the environment names another. */
  public static final String DEFAULT_QEMU = "qemu-system-x86_64";

  private static final Duration DEFAULT_LAUNCH_TIMEOUT = Duration.ofMinutes(5);

  /** Working KVM boots in about two seconds; a slow, busy host should still not look broken. */
  private static final Duration DEFAULT_KVM_DEADLINE = Duration.ofSeconds(20);

  private static final Duration DEFAULT_STOP_TIMEOUT = Duration.ofSeconds(10);

  /** Copies the lists and checks the limits. */
  public MachineConfig {
    drives = List.copyOf(drives);
    qemuOptions = List.copyOf(qemuOptions);
    check(drives.size() <= MAX_DRIVES, drives.size() + " drives are more than " + MAX_DRIVES);
    check(
        memoryMegabytes >= MIN_MEMORY_MEGABYTES,
        memoryMegabytes + " MB of memory are less than " + MIN_MEMORY_MEGABYTES);
    check(
        processors >= 1 && processors <= MAX_PROCESSORS,
        processors + " processors are not in 1.." + MAX_PROCESSORS);
  }

  /**
   * The same machine with other drives.
   *
   * @param others the drives
   * @return a copy
   */
  public MachineConfig withDrives(List<Drive> others) {
    return new MachineConfig(
        environment,
        applianceDirectory,
        others,
        memoryMegabytes,
        processors,
        network,
        appendKernel,
        selinux,
        accelerator,
        templates,
        warmTemplates,
        verbose,
        direct,
        qemu,
        qemuOptions,
        runAs,
        launchTimeout,
        kvmDeadline,
        stopTimeout);
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new ApplianceConfigurationException(otherwise);
    }
  }

  /**
   * Starts a configuration with the defaults that the environment variables give.
   *
   * @param environment the variables
   * @return a builder: no drives, no network, accelerator chosen by itself
   */
  public static Builder builder(Environment environment) {
    return new Builder(environment);
  }

  /** Collects what differs from the defaults. */
  public static final class Builder {

    private final List<Drive> drives = new ArrayList<>();
    private final List<QemuOption> qemuOptions = new ArrayList<>();
    private Environment environment;
    private @Nullable Path applianceDirectory;
    private int memoryMegabytes;
    private int processors = 1;
    private boolean network;
    private String appendKernel;
    private boolean selinux;
    private Accelerator accelerator = Accelerator.AUTO;
    private boolean templates = true;
    private boolean warmTemplates = true;
    private boolean verbose;
    private boolean direct;
    private String qemu;
    private @Nullable String runAs;
    private Duration launchTimeout = DEFAULT_LAUNCH_TIMEOUT;
    private Duration kvmDeadline = DEFAULT_KVM_DEADLINE;
    private Duration stopTimeout = DEFAULT_STOP_TIMEOUT;

    private Builder(Environment environment) {
      this.environment = environment;
      Integer memory = environment.memoryMegabytes();
      memoryMegabytes = memory == null ? DEFAULT_MEMORY_MEGABYTES : memory;
      String append = environment.append();
      appendKernel = append == null ? "" : append;
      verbose = environment.debug();
      String name = environment.qemu();
      qemu = name == null ? DEFAULT_QEMU : name;
    }

    /**
     * Sets where to look for an appliance.
     *
     * @param directories in this order
     * @return this
     */
    public Builder searchPath(List<Path> directories) {
      environment = environment.withSearchPath(directories);
      return this;
    }

    /**
     * Sets where temporary files go.
     *
     * @param directory see {@link Environment#temporaryDirectory}
     * @return this
     */
    public Builder temporaryDirectory(Path directory) {
      environment = environment.withTemporaryDirectory(directory);
      return this;
    }

    /**
     * Sets where what later launches can use again goes.
     *
     * @param directory see {@link Environment#cacheDirectory}
     * @return this
     */
    public Builder cacheDirectory(Path directory) {
      environment = environment.withCacheDirectory(directory);
      return this;
    }

    /**
     * Names the appliance.
     *
     * @param directory see {@link MachineConfig#applianceDirectory}
     * @return this
     */
    public Builder applianceDirectory(@Nullable Path directory) {
      this.applianceDirectory = directory;
      return this;
    }

    /**
     * Adds a drive behind those added before.
     *
     * @param drive the drive
     * @return this
     */
    public Builder addDrive(Drive drive) {
      drives.add(drive);
      return this;
    }

    /**
     * Sets the size of the guest.
     *
     * @param megabytes see {@link MachineConfig#memoryMegabytes}
     * @return this
     */
    public Builder memoryMegabytes(int megabytes) {
      this.memoryMegabytes = megabytes;
      return this;
    }

    /**
     * Sets the number of virtual CPUs.
     *
     * @param processors see {@link MachineConfig#processors}
     * @return this
     */
    public Builder processors(int processors) {
      this.processors = processors;
      return this;
    }

    /**
     * Sets whether the guest has a network.
     *
     * @param network see {@link MachineConfig#network}
     * @return this
     */
    public Builder network(boolean network) {
      this.network = network;
      return this;
    }

    /**
     * Sets arguments for the guest's kernel.
     *
     * @param arguments see {@link MachineConfig#appendKernel}
     * @return this
     */
    public Builder appendKernel(String arguments) {
      this.appendKernel = arguments;
      return this;
    }

    /**
     * Sets whether the guest's kernel runs with SELinux.
     *
     * @param selinux see {@link MachineConfig#selinux}
     * @return this
     */
    public Builder selinux(boolean selinux) {
      this.selinux = selinux;
      return this;
    }

    /**
     * Sets the accelerator.
     *
     * @param accelerator see {@link MachineConfig#accelerator}
     * @return this
     */
    public Builder accelerator(Accelerator accelerator) {
      this.accelerator = accelerator;
      return this;
    }

    /**
     * Sets whether a saved machine will do.
     *
     * @param templates see {@link MachineConfig#templates}
     * @return this
     */
    public Builder templates(boolean templates) {
      this.templates = templates;
      return this;
    }

    /**
     * Sets whether templates are warmed without being asked for.
     *
     * @param warmTemplates see {@link MachineConfig#warmTemplates}
     * @return this
     */
    public Builder warmTemplates(boolean warmTemplates) {
      this.warmTemplates = warmTemplates;
      return this;
    }

    /**
     * Sets whether the guest talks.
     *
     * @param verbose see {@link MachineConfig#verbose}
     * @return this
     */
    public Builder verbose(boolean verbose) {
      this.verbose = verbose;
      return this;
    }

    /**
     * Sets whether the console is shown.
     *
     * @param direct see {@link MachineConfig#direct}
     * @return this
     */
    public Builder direct(boolean direct) {
      this.direct = direct;
      return this;
    }

    /**
     * Adds an option for qemu behind those added before.
     *
     * @param option the option
     * @return this
     */
    public Builder addQemuOption(QemuOption option) {
      qemuOptions.add(option);
      return this;
    }

    /**
     * Names qemu.
     *
     * @param qemu see {@link MachineConfig#qemu}
     * @return this
     */
    public Builder qemu(String qemu) {
      this.qemu = qemu;
      return this;
    }

    /**
     * Sets whom qemu runs as.
     *
     * @param user see {@link MachineConfig#runAs}
     * @return this
     */
    public Builder runAs(@Nullable String user) {
      this.runAs = user;
      return this;
    }

    /**
     * Limits a launch.
     *
     * @param timeout see {@link MachineConfig#launchTimeout}
     * @return this
     */
    public Builder launchTimeout(Duration timeout) {
      this.launchTimeout = timeout;
      return this;
    }

    /**
     * Limits the attempt with KVM.
     *
     * @param deadline see {@link MachineConfig#kvmDeadline}
     * @return this
     */
    public Builder kvmDeadline(Duration deadline) {
      this.kvmDeadline = deadline;
      return this;
    }

    /**
     * Limits the polite part of a stop.
     *
     * @param timeout see {@link MachineConfig#stopTimeout}
     * @return this
     */
    public Builder stopTimeout(Duration timeout) {
      this.stopTimeout = timeout;
      return this;
    }

    /**
     * Makes the configuration.
     *
     * @return the configuration
     * @throws ApplianceConfigurationException when a limit is exceeded
     */
    public MachineConfig build() {
      return new MachineConfig(
          environment,
          applianceDirectory,
          drives,
          memoryMegabytes,
          processors,
          network,
          appendKernel,
          selinux,
          accelerator,
          templates,
          warmTemplates,
          verbose,
          direct,
          qemu,
          qemuOptions,
          runAs,
          launchTimeout,
          kvmDeadline,
          stopTimeout);
    }
  }
}
