package io.guestfs.appliance.launch;

import static reactor.core.scheduler.Schedulers.boundedElastic;

import io.guestfs.appliance.Accelerator;
import io.guestfs.appliance.ApplianceEvent.Phase;
import io.guestfs.appliance.ApplianceEvent.PhaseChanged;
import io.guestfs.appliance.ApplianceEvent.Warning;
import io.guestfs.appliance.ApplianceException;
import io.guestfs.appliance.ApplianceLaunchException;
import io.guestfs.appliance.image.ApplianceImage;
import io.guestfs.appliance.qemu.QemuCommandLine;
import io.guestfs.appliance.qemu.QemuSockets;
import io.guestfs.appliance.template.CaptureLock;
import io.guestfs.appliance.template.Template;
import io.guestfs.appliance.template.TemplateException;
import io.guestfs.appliance.template.TemplateKey;
import io.guestfs.appliance.template.TemplateStore;
import io.guestfs.appliance.template.Warmth;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The templates for one kind of machine. */
final class Templates {

  /** Stands for what differs from machine to machine, in the key. */
  private static final QemuSockets ANY_SOCKETS = QemuSockets.in(Path.of("/"));

  private static final Path ANY_RAM = Path.of("/ram");

  /** What just failed would fail again, and cost each launch the time of two. */
  private static final Duration NO_RETRY = Duration.ofMinutes(10);

  private static final Map<Attempt, Failure> FAILURES = new ConcurrentHashMap<>();

  private final LaunchRequest request;

  Templates(LaunchRequest request) {
    this.request = request;
  }

  private record Attempt(String key, Warmth warmth) {}

  private record Failure(Instant when, Throwable why) {}

  private record Place(TemplateStore store, String key) {}

  private Mono<Place> place() {
    return Mono.fromCallable(
            () ->
                new Place(
                    TemplateStore.open(request.config().environment().cacheDirectory()), key()))
        .subscribeOn(boundedElastic());
  }

  private String key() {
    ApplianceImage image = request.image();
    List<String> line =
        QemuCommandLine.buildToSave(
            request.qemu(),
            request.config(),
            request.accelerator().accelerator(),
            image,
            ANY_SOCKETS,
            ANY_RAM);
    return TemplateKey.of(
        line,
        List.of(request.qemu(), image.kernel(), image.initrd(), image.root()),
        request.accelerator().accelerator() == Accelerator.KVM);
  }

  /** The template that is there, if any. One that cannot be trusted is removed, with a warning. */
  Mono<Template> find() {
    return place().flatMap(place -> Mono.justOrEmpty(look(place)));
  }

  private @Nullable Template look(Place place) {
    try {
      return place.store().find(place.key());
    } catch (TemplateException e) {
      request.events().publish(new Warning("a template is replaced: " + e.getMessage()));
      return null;
    }
  }

  Mono<Void> discard(Template template) {
    return place().doOnNext(place -> place.store().discard(template)).then();
  }

  /** The template, made if need be, by one process at a time. */
  Mono<Template> obtain() {
    return place().flatMap(this::obtain);
  }

  private Mono<Template> obtain(Place place) {
    request.events().publish(new PhaseChanged(Phase.CAPTURING));
    return holding(
        place.store().lock(Warmth.FRESH),
        this::patiently,
        () -> Mono.justOrEmpty(look(place)).switchIfEmpty(Mono.defer(() -> capture(place))));
  }

  /**
   * The template, made and warmed if need be, also when that failed lately: whoever asks for it
   * expressly may have removed the cause.
   */
  Mono<Template> obtainWarm() {
    return place()
        .doOnNext(Templates::forgetFailures)
        .flatMap(
            place ->
                Mono.justOrEmpty(look(place))
                    .switchIfEmpty(Mono.defer(() -> obtain(place)))
                    .flatMap(found -> found.isWarm() ? Mono.just(found) : warm(place)));
  }

  private Mono<Template> warm(Place place) {
    return holding(
            place.store().lock(Warmth.WARM),
            this::patiently,
            () -> warmWhatIsThere(place, request, false))
        .switchIfEmpty(
            Mono.error(() -> new TemplateException("it went away before it was warm", null)));
  }

  /**
   * Warms the template that is there, behind everything else.
   *
   * @param apart what the machine is launched by
   * @return the warm template; empty when there is none, when somebody else is about it, or when it
   *     has failed lately, which was told then
   */
  Mono<Template> warmUnlessBusy(LaunchRequest apart) {
    return place()
        .filter(place -> recentFailure(new Attempt(place.key(), Warmth.WARM)) == null)
        .flatMap(
            place ->
                holding(
                    place.store().lock(Warmth.WARM),
                    CaptureLock::tryAcquire,
                    () -> warmWhatIsThere(place, apart, true)));
  }

  private Mono<Template> warmWhatIsThere(Place place, LaunchRequest by, boolean behindAll) {
    return Mono.justOrEmpty(look(place))
        .flatMap(
            found ->
                found.isWarm()
                    ? Mono.just(found)
                    : make(
                        place,
                        Warmth.WARM,
                        () -> place.store().beginWith(place.key(), found),
                        ram -> new WarmingBoot(by, found, ram, behindAll)))
        // Not for want of KVM: a machine has booted with it.
        .onErrorMap(
            ApplianceLaunchException.class,
            e -> new TemplateException(String.valueOf(e.getMessage()), e));
  }

  /** Does something with the lock, if it can be had. */
  private static Mono<Template> holding(
      CaptureLock lock,
      Function<CaptureLock, Mono<Boolean>> acquire,
      Supplier<Mono<Template>> work) {
    return Mono.usingWhen(
        Mono.just(lock),
        free -> acquire.apply(free).filter(held -> held).flatMap(held -> work.get()),
        CaptureLock::release);
  }

  private Mono<Boolean> patiently(CaptureLock lock) {
    return lock.acquire()
        .thenReturn(true)
        .timeout(
            request.timeout(),
            Mono.error(
                () ->
                    new TemplateException(
                        "another process has been making one for %d s"
                            .formatted(request.timeout().toSeconds()),
                        null)));
  }

  private Mono<Template> capture(Place place) {
    long bytes = (long) request.config().memoryMegabytes() << 20;
    return make(
        place,
        Warmth.FRESH,
        () -> place.store().begin(place.key(), bytes),
        ram -> new CaptureBoot(request, ram));
  }

  private Mono<Template> make(
      Place place, Warmth warmth, Callable<Path> begin, Function<Path, SavingBoot> boots) {
    Attempt attempt = new Attempt(place.key(), warmth);
    Throwable failure = recentFailure(attempt);
    if (failure != null) {
      return Mono.error(lately(failure));
    }
    return Mono.fromCallable(begin)
        .flatMap(begun -> save(place, warmth, begun, boots))
        .doOnNext(made -> FAILURES.remove(attempt))
        .doOnError(e -> remember(attempt, e))
        .subscribeOn(boundedElastic());
  }

  private static @Nullable Throwable recentFailure(Attempt attempt) {
    Failure failure = FAILURES.get(attempt);
    return failure != null && failure.when().isAfter(Instant.now().minus(NO_RETRY))
        ? failure.why()
        : null;
  }

  /** A launch that waited while another found out that KVM does not work need not do so too. */
  private Throwable lately(Throwable failure) {
    return request.isKvmProbe() && failure instanceof ApplianceLaunchException
        ? failure
        : new TemplateException(failure.getMessage() + " (tried lately)", failure);
  }

  private static void remember(Attempt attempt, Throwable error) {
    if (error instanceof TemplateException || error instanceof ApplianceException) {
      FAILURES.put(attempt, new Failure(Instant.now(), error));
    }
  }

  private static void forgetFailures(Place place) {
    for (Warmth warmth : Warmth.values()) {
      FAILURES.remove(new Attempt(place.key(), warmth));
    }
  }

  /** When it is cancelled, the machine may still be writing; the next one to begin sweeps. */
  private Mono<Template> save(
      Place place, Warmth warmth, Path begun, Function<Path, SavingBoot> boots) {
    return BootRun.of(() -> boots.apply(TemplateStore.ram(begun)))
        .publishOn(boundedElastic())
        .map(
            saved ->
                place.store().publish(begun, place.key(), warmth, saved.qemuVersion, saved.state))
        .onErrorResume(
            e ->
                Mono.fromCallable(() -> abandon(place.store(), begun, e))
                    .subscribeOn(boundedElastic())
                    .flatMap(Mono::error));
  }

  /** Returns what to say: without space, what happened to the machine is beside the point. */
  private static Throwable abandon(TemplateStore store, Path begun, Throwable failure) {
    String shortage = store.shortage();
    store.abandon(begun);
    return shortage == null
        ? failure
        : new TemplateException(shortage + ": " + failure.getMessage(), failure);
  }
}
