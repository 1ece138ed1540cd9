package io.guestfs.appliance.launch;

import io.guestfs.appliance.ApplianceConfigurationException;
import io.guestfs.appliance.ApplianceEvent.Warning;
import io.guestfs.appliance.ApplianceLaunchException;
import io.guestfs.appliance.MachineConfig;
import io.guestfs.appliance.template.Template;
import io.guestfs.appliance.template.TemplateException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Restores a machine that was saved after its boot, and saves one first when there is none. The
 * template that this makes is fresh: machines that run from it are slow at first, until it has been
 * warmed, which no launch waits for. What a template cannot be had for is launched cold.
 */
final class TemplateLaunch implements LaunchStrategy {

  /** A restore takes a fraction of a second, and some seconds when a hundred begin at once. */
  private static final Duration RESTORE_LIMIT = Duration.ofSeconds(60);

  private final LaunchStrategy cold = new ColdLaunch();
  private final Duration captureLimit;
  private final BackgroundWarming background;

  /** With no limit for making a template but that of the launch. */
  TemplateLaunch() {
    this(ChronoUnit.FOREVER.getDuration(), BackgroundWarming.SHARED);
  }

  TemplateLaunch(Duration captureLimit, BackgroundWarming background) {
    this.captureLimit = captureLimit;
    this.background = background;
  }

  @Override
  public Mono<Machine> launch(LaunchRequest request) {
    if (unexpressible(request) != null) {
      return cold.launch(request);
    }
    return Mono.defer(() -> fromTemplate(request))
        .onErrorResume(
            TemplateException.class,
            e -> {
              request
                  .events()
                  .publish(new Warning("launching without a template: " + e.getMessage()));
              return cold.launch(request);
            });
  }

  /**
   * qemu opens the memory of a template for writing. Whoever has taken over a qemu that runs as
   * another user is not to reach through that file the machines that run as us.
   */
  private static void requireOurs(LaunchRequest request) {
    if (!request.user().isOurs()) {
      throw new TemplateException(
          "qemu is to run as %s, and templates are ours".formatted(request.user()), null);
    }
  }

  /**
   * Makes the template and warms it; nothing is launched from it.
   *
   * @return the template; an error when there cannot be one
   */
  Mono<Template> prepare(LaunchRequest request) {
    return Mono.defer(
            () -> {
              String reason = unexpressible(request);
              if (reason != null) {
                throw new TemplateException(reason, null);
              }
              requireOurs(request);
              return new Templates(request.within(captureLimit)).obtainWarm();
            })
        .onErrorMap(
            TemplateException.class,
            e ->
                new ApplianceConfigurationException(
                    "there cannot be a warm template: " + e.getMessage(), e));
  }

  /** Who wants to see the guest's boot gets one, and so does who changes the machine by hand. */
  private static @Nullable String unexpressible(LaunchRequest request) {
    MachineConfig config = request.config();
    if (!config.templates()) {
      return "templates are switched off";
    }
    if (!request.image().savable()) {
      return "the appliance in %s cannot be saved".formatted(request.image().directory());
    }
    return config.verbose() || config.direct() || !config.qemuOptions().isEmpty()
        ? "a machine whose boot is to be seen, or that has options of its own for qemu, boots"
        : null;
  }

  private Mono<Machine> fromTemplate(LaunchRequest request) {
    requireOurs(request);
    Templates templates = new Templates(request.within(captureLimit));
    return templates
        .find()
        .flatMap(
            found ->
                restore(request, found)
                    .onErrorResume(
                        TemplateException.class,
                        unusable -> again(request, templates, found, unusable)))
        .switchIfEmpty(Mono.defer(() -> fresh(request, templates)));
  }

  /** What was found is of no use after all: another has taken its place, or is made. */
  private Mono<Machine> again(
      LaunchRequest request, Templates templates, Template found, TemplateException unusable) {
    return Mono.fromCallable(found::isGone)
        .subscribeOn(Schedulers.boundedElastic())
        .flatMap(
            gone -> gone ? fromTemplate(request) : replace(request, templates, found, unusable));
  }

  private Mono<Machine> replace(
      LaunchRequest request, Templates templates, Template found, TemplateException unusable) {
    request.events().publish(new Warning("a template is replaced: " + unusable.getMessage()));
    return templates.discard(found).then(Mono.defer(() -> fresh(request, templates)));
  }

  private Mono<Machine> fresh(LaunchRequest request, Templates templates) {
    return templates
        .obtain()
        .onErrorMap(
            ApplianceLaunchException.class,
            e ->
                request.isKvmProbe() ? e : new TemplateException(String.valueOf(e.getMessage()), e))
        .flatMap(
            made ->
                restore(request, made)
                    .onErrorResume(
                        TemplateException.class, e -> templates.discard(made).then(Mono.error(e))));
  }

  private Mono<Machine> restore(LaunchRequest request, Template template) {
    return BootRun.of(() -> new RestoreBoot(request.within(RESTORE_LIMIT), template))
        .onErrorMap(
            ApplianceLaunchException.class,
            e ->
                new TemplateException(
                    "%s cannot be restored: %s".formatted(template, e.getMessage()), e))
        .doOnNext(
            machine -> {
              if (!template.isWarm() && request.config().warmTemplates()) {
                background.begin(request);
              }
            });
  }
}
