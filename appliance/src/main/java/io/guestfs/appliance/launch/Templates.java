package io.guestfs.appliance.launch;

import static reactor.core.scheduler.Schedulers.boundedElastic;

import io.guestfs.appliance.Accelerator;
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
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The templates for one kind of machine. */
final class Templates {

  /** Stands for what differs from machine to machine, in the key. */
  private static final QemuSockets ANY_SOCKETS = QemuSockets.in(Path.of("/"));

  private static final Path ANY_RAM = Path.of("/ram");

  /** What just failed would fail again, and cost each launch the time of two. */
  private static final Duration NO_RETRY = Duration.ofMinutes(10);

  private static final Map<String, Failure> FAILURES = new ConcurrentHashMap<>();

  private final LaunchRequest request;

  Templates(LaunchRequest request) {
    this.request = request;
  }

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
    return place()
        .flatMap(
            place ->
                Mono.usingWhen(
                    Mono.fromSupplier(() -> place.store().lock()),
                    lock ->
                        patiently(lock)
                            .then(Mono.defer(() -> Mono.justOrEmpty(look(place))))
                            .switchIfEmpty(Mono.defer(() -> capture(place))),
                    CaptureLock::release));
  }

  private Mono<Void> patiently(CaptureLock lock) {
    return lock.acquire()
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
    Failure failure = FAILURES.get(place.key());
    if (failure != null && failure.when().isAfter(Instant.now().minus(NO_RETRY))) {
      return Mono.error(lately(failure.why()));
    }
    long bytes = (long) request.config().memoryMegabytes() << 20;
    return Mono.fromCallable(() -> place.store().begin(place.key(), bytes))
        .flatMap(begun -> save(place, begun))
        .doOnNext(made -> FAILURES.remove(place.key()))
        .doOnError(e -> remember(place, e))
        .subscribeOn(boundedElastic());
  }

  /** A launch that waited while another found out that KVM does not work need not do so too. */
  private Throwable lately(Throwable failure) {
    return request.isKvmProbe() && failure instanceof ApplianceLaunchException
        ? failure
        : new TemplateException(failure.getMessage() + " (tried lately)", failure);
  }

  private static void remember(Place place, Throwable error) {
    if (error instanceof TemplateException || error instanceof ApplianceException) {
      FAILURES.put(place.key(), new Failure(Instant.now(), error));
    }
  }

  /** When it is cancelled, the machine may still be writing; the next one to begin sweeps. */
  private Mono<Template> save(Place place, Path begun) {
    return BootRun.of(() -> new CaptureBoot(request, TemplateStore.ram(begun)))
        .publishOn(boundedElastic())
        .map(saved -> place.store().publish(begun, place.key(), saved.qemuVersion, saved.state))
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
