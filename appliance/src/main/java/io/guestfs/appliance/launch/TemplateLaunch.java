package io.guestfs.appliance.launch;

import io.guestfs.appliance.ApplianceEvent.Phase;
import io.guestfs.appliance.ApplianceEvent.PhaseChanged;
import io.guestfs.appliance.ApplianceEvent.Warning;
import io.guestfs.appliance.ApplianceLaunchException;
import io.guestfs.appliance.MachineConfig;
import io.guestfs.appliance.template.Template;
import io.guestfs.appliance.template.TemplateException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import reactor.core.publisher.Mono;

/**
 * Restores a machine that was saved after its boot, and saves one first when there is none. What a
 * template cannot be had for is launched cold.
 */
final class TemplateLaunch implements LaunchStrategy {

  /** A restore takes a fraction of a second, and some seconds when a hundred begin at once. */
  private static final Duration RESTORE_LIMIT = Duration.ofSeconds(60);

  private final LaunchStrategy cold = new ColdLaunch();
  private final Duration captureLimit;

  /** With no limit for making a template but that of the launch. */
  TemplateLaunch() {
    this(ChronoUnit.FOREVER.getDuration());
  }

  TemplateLaunch(Duration captureLimit) {
    this.captureLimit = captureLimit;
  }

  @Override
  public Mono<Machine> launch(LaunchRequest request) {
    if (!isExpressible(request)) {
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

  /** Who wants to see the guest's boot gets one, and so does who changes the machine by hand. */
  private static boolean isExpressible(LaunchRequest request) {
    MachineConfig config = request.config();
    boolean booted = config.verbose() || config.direct() || !config.qemuOptions().isEmpty();
    return config.templates() && request.image().savable() && !booted;
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

  /** What was there is of no use after all, so another one is made. */
  private Mono<Machine> again(
      LaunchRequest request, Templates templates, Template found, TemplateException unusable) {
    request.events().publish(new Warning("a template is replaced: " + unusable.getMessage()));
    return templates.discard(found).then(Mono.defer(() -> fresh(request, templates)));
  }

  private Mono<Machine> fresh(LaunchRequest request, Templates templates) {
    request.events().publish(new PhaseChanged(Phase.CAPTURING));
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

  private static Mono<Machine> restore(LaunchRequest request, Template template) {
    return BootRun.of(() -> new RestoreBoot(request.within(RESTORE_LIMIT), template))
        .onErrorMap(
            ApplianceLaunchException.class,
            e ->
                new TemplateException(
                    "%s cannot be restored: %s".formatted(template, e.getMessage()), e));
  }
}
