package io.guestfs;

import io.guestfs.appliance.AcceleratorChoice;
import io.guestfs.appliance.Appliance;
import io.guestfs.calls.wire.DaemonDescriptors;
import io.guestfs.calls.wire.InternalDescriptors;
import io.guestfs.protocol.call.CallDescriptor;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** A launched appliance: the stubs' way to its connection, and the calls of the library. */
final class GuestfsHandle implements GuestfsStubs {

  private static final DiskImageCallsLibrary DISK_IMAGES = new DiskImageLibrary();

  private final Appliance appliance;
  private final Connection connection;
  private final EventHub events;
  private final ConnectionInvoker invoker;
  private final ConcurrentMap<String, Object> privateData = new ConcurrentHashMap<>();
  private final AttributeCallsLibrary attributes;
  private final DaemonCallsLibrary daemon;
  private final DeviceNameCallsLibrary deviceNames;
  private final DirectoryCallsLibrary directories;
  private final ExtendedAttributeCallsLibrary extendedAttributes;
  private final FileCallsLibrary files;
  private final HostCopyCallsLibrary hostCopies;
  private final LinkCallsLibrary links;
  private final HandleProperties properties;
  private final HandleCallsLibrary handle;
  private final SettingCallsLibrary settings;
  private final Mono<Void> close;

  GuestfsHandle(
      Appliance appliance,
      Connection connection,
      EventHub events,
      HandleProperties properties,
      @Nullable Scheduler signalScheduler) {
    this.appliance = appliance;
    this.connection = connection;
    this.events = events;
    this.invoker = new ConnectionInvoker(connection, signalScheduler);
    InternalsStubs internals = () -> invoker;
    this.attributes = new AttributeLibrary(this, internals);
    this.daemon = new DaemonLibrary(internals);
    this.deviceNames = new DeviceNameLibrary(this, this, internals);
    RetiredStubs retired = () -> invoker;
    this.directories = new DirectoryLibrary(this, internals, retired);
    this.extendedAttributes = new ExtendedAttributeLibrary(internals);
    this.files = new FileLibrary(this, internals);
    this.hostCopies = new HostCopyLibrary(this, this);
    this.links = new LinkLibrary(internals);
    Mono<Void> closeOnce = Mono.defer(this::shutDown).cache();
    this.close = signalScheduler == null ? closeOnce : closeOnce.publishOn(signalScheduler);
    this.properties = properties;
    this.handle = new HandleLibrary(appliance, connection, properties, close);
    this.settings = new SettingLibrary(properties);
  }

  @Override
  public Mono<Void> close() {
    return close;
  }

  /** The appliance is stopped whether or not the last flush worked; its error is not lost. */
  private Mono<Void> shutDown() {
    CallDescriptor<Void> last =
        properties.autosync()
            ? InternalDescriptors.INTERNAL_AUTOSYNC
            : DaemonDescriptors.PING_DAEMON;
    Mono<Void> flush =
        Mono.create(
            sink ->
                connection.submitLast(
                    new PlainExchange<>(connection, last, null, new Object[0], sink)));
    return flush
        .onErrorMap(CallRejectedException.class, GuestfsHandle::reason)
        .onErrorResume(error -> connection.shutDown().then(Mono.error(error)))
        .then(Mono.defer(connection::shutDown));
  }

  /** A close that comes too late for a flush fails with what made it too late. */
  private static Throwable reason(CallRejectedException rejection) {
    return rejection.getCause() instanceof GuestfsException cause ? cause : rejection;
  }

  @Override
  public Mono<Boolean> supports(String call) {
    return Mono.defer(
        () ->
            CallNames.isComposed(call)
                ? Mono.just(true)
                : Mono.justOrEmpty(CallNames.procedure(call))
                    .flatMap(invoker::probe)
                    .defaultIfEmpty(false));
  }

  @Override
  public ConcurrentMap<String, Object> privateData() {
    return privateData;
  }

  @Override
  public GuestfsState state() {
    return connection.state();
  }

  @Override
  public Flux<GuestfsEvent> events() {
    return events.events();
  }

  @Override
  public long droppedEvents() {
    return events.dropped();
  }

  @Override
  public AcceleratorChoice accelerator() {
    return appliance.accelerator();
  }

  @Override
  public CallInvoker invoker() {
    return invoker;
  }

  @Override
  public AttributeCallsLibrary attributeCallsLibrary() {
    return attributes;
  }

  @Override
  public DaemonCallsLibrary daemonCallsLibrary() {
    return daemon;
  }

  @Override
  public DeviceNameCallsLibrary deviceNameCallsLibrary() {
    return deviceNames;
  }

  @Override
  public HandleCallsLibrary handleCallsLibrary() {
    return handle;
  }

  @Override
  public SettingCallsLibrary settingCallsLibrary() {
    return settings;
  }

  @Override
  public DiskImageCallsLibrary diskImageCallsLibrary() {
    return DISK_IMAGES;
  }

  @Override
  public DirectoryCallsLibrary directoryCallsLibrary() {
    return directories;
  }

  @Override
  public ExtendedAttributeCallsLibrary extendedAttributeCallsLibrary() {
    return extendedAttributes;
  }

  @Override
  public FileCallsLibrary fileCallsLibrary() {
    return files;
  }

  @Override
  public HostCopyCallsLibrary hostCopyCallsLibrary() {
    return hostCopies;
  }

  @Override
  public LinkCallsLibrary linkCallsLibrary() {
    return links;
  }
}
