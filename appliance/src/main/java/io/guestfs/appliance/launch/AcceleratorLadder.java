package io.guestfs.appliance.launch;

import io.guestfs.appliance.Accelerator;
import io.guestfs.appliance.AcceleratorChoice;
import io.guestfs.appliance.ApplianceEvent.AcceleratorChosen;
import io.guestfs.appliance.ApplianceEvent.Warning;
import io.guestfs.appliance.ApplianceLaunchException;
import io.guestfs.appliance.MachineConfig;
import io.guestfs.appliance.host.HostUser;
import io.guestfs.appliance.host.HostUser.Access;
import io.guestfs.appliance.host.HostUser.Need;
import io.guestfs.appliance.image.ApplianceImage;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * KVM, then TCG. That {@code /dev/kvm} opens, and even that qemu says it uses it, proves nothing:
 * on some machines qemu then aborts, or the guest hangs. So the proof is a launch that comes up in
 * time. Only the refusal is remembered: where KVM works, there is nothing to save.
 */
final class AcceleratorLadder {

  private final MachineConfig config;
  private final KvmVerdict verdict;
  private final HostUser user;
  private final Path kvm;

  private AcceleratorLadder(MachineConfig config, KvmVerdict verdict, HostUser user, Path kvm) {
    this.config = config;
    this.verdict = verdict;
    this.user = user;
    this.kvm = kvm;
  }

  /** Reads the cache and may block; {@code kvm} is the device. */
  static AcceleratorLadder of(
      MachineConfig config, ApplianceImage image, Path qemu, HostUser user, Path kvm) {
    Path cache = config.environment().cacheDirectory();
    return new AcceleratorLadder(config, KvmVerdict.of(cache, qemu, image.kernel()), user, kvm);
  }

  /** Makes one attempt, or two when the first shows that KVM does not work. */
  <T> Mono<T> climb(Events events, BiFunction<AcceleratorChoice, Duration, Mono<T>> attempt) {
    return Mono.fromCallable(this::first)
        .subscribeOn(Schedulers.boundedElastic())
        .flatMap(
            choice -> {
              events.publish(new AcceleratorChosen(choice));
              return choice.accelerator() == Accelerator.KVM
                      && config.accelerator() == Accelerator.AUTO
                  ? kvmThenTcg(choice, events, attempt)
                  : attempt.apply(choice, config.launchTimeout());
            });
  }

  private AcceleratorChoice first() {
    if (config.accelerator() != Accelerator.AUTO) {
      return new AcceleratorChoice(config.accelerator(), "asked for");
    }
    String fault = openFault();
    if (fault != null) {
      return new AcceleratorChoice(Accelerator.TCG, fault);
    }
    String known = verdict.read();
    return known != null
        ? new AcceleratorChoice(Accelerator.TCG, known)
        : new AcceleratorChoice(Accelerator.KVM, kvm + " can be opened");
  }

  private @Nullable String openFault() {
    try (FileChannel device =
        FileChannel.open(kvm, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return device.isOpen() && user.lacks(needs()).isEmpty()
          ? null
          : kvm + " cannot be opened by " + user;
    } catch (NoSuchFileException e) {
      return "there is no " + kvm;
    } catch (IOException e) {
      return kvm + " cannot be opened: " + e.getMessage();
    }
  }

  private List<Need> needs() {
    return List.of(new Need(Access.READ, kvm), new Need(Access.WRITE, kvm));
  }

  private <T> Mono<T> kvmThenTcg(
      AcceleratorChoice first,
      Events events,
      BiFunction<AcceleratorChoice, Duration, Mono<T>> attempt) {
    Duration deadline =
        config.kvmDeadline().compareTo(config.launchTimeout()) < 0
            ? config.kvmDeadline()
            : config.launchTimeout();
    return attempt
        .apply(first, deadline)
        .onErrorResume(
            ApplianceLaunchException.class,
            failure -> {
              String reason = "KVM does not work here: " + failure.getMessage();
              AcceleratorChoice second = new AcceleratorChoice(Accelerator.TCG, reason);
              events.publish(new Warning(reason));
              events.publish(new AcceleratorChosen(second));
              return attempt
                  .apply(second, config.launchTimeout())
                  .delayUntil(up -> remember(reason));
            });
  }

  /** Only now is it certain that it was KVM which failed. */
  private Mono<Void> remember(String reason) {
    return Mono.<Void>fromRunnable(() -> verdict.write(reason))
        .subscribeOn(Schedulers.boundedElastic());
  }
}
