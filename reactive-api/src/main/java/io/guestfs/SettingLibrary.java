package io.guestfs;

import io.guestfs.appliance.Environment;
import io.guestfs.appliance.MachineConfig;
import java.nio.file.Path;
import java.util.stream.Collectors;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the appliance was launched with. */
@SuppressWarnings("InlineMeSuggester") // the deprecated calls are not deprecated for being here
final class SettingLibrary implements SettingCallsLibrary {

  /** Where sockets are made when the user has no directory for what lives as long as a session. */
  private static final Path SOCKETS = Path.of("/tmp");

  private final HandleProperties properties;
  private final MachineConfig machine;

  SettingLibrary(HandleProperties properties) {
    this.properties = properties;
    this.machine = properties.machine();
  }

  @Override
  public Mono<String> getAppend() {
    return machine.appendKernel().isEmpty() ? Mono.empty() : Mono.just(machine.appendKernel());
  }

  @Override
  @Deprecated
  public Mono<String> getAttachMethod() {
    return Mono.just("appliance");
  }

  @Override
  public Mono<String> getBackend() {
    return Mono.just(Environment.BACKEND);
  }

  @Override
  public Flux<String> getBackendSettings() {
    return Flux.fromIterable(properties.backendSettings());
  }

  @Override
  public Mono<String> getBackendSetting(String name) {
    return getBackendSettings()
        .map(setting -> setting.split("=", 2))
        .filter(setting -> setting[0].equals(name))
        .next()
        .map(setting -> setting.length == 1 ? "1" : setting[1])
        .switchIfEmpty(
            Mono.error(
                () ->
                    new CallFailedException(
                        "get_backend_setting", "ESRCH", name + ": setting not found")));
  }

  @Override
  public Mono<String> getCachedir() {
    return Mono.just(machine.environment().cacheDirectory().toString());
  }

  @Override
  public Mono<String> getTmpdir() {
    return Mono.just(machine.environment().temporaryDirectory().toString());
  }

  @Override
  public Mono<String> getSockdir() {
    Path runtime = machine.environment().runtimeDirectory();
    return Mono.just((runtime == null ? SOCKETS : runtime).toString());
  }

  @Override
  @Deprecated
  public Mono<Boolean> getDirect() {
    return Mono.just(machine.direct());
  }

  @Override
  public Mono<String> getHv() {
    return Mono.just(machine.qemu());
  }

  @Override
  @Deprecated
  public Mono<String> getQemu() {
    return getHv();
  }

  @Override
  public Mono<Integer> getMemsize() {
    return Mono.just(machine.memoryMegabytes());
  }

  @Override
  public Mono<Boolean> getNetwork() {
    return Mono.just(machine.network());
  }

  @Override
  public Mono<String> getPath() {
    Path named = machine.applianceDirectory();
    return Mono.just(
        named != null
            ? named.toString()
            : machine.environment().searchPath().stream()
                .map(Path::toString)
                .collect(Collectors.joining(":")));
  }

  @Override
  public Mono<Boolean> getPgroup() {
    return Mono.just(properties.pgroup());
  }

  @Override
  public Mono<Boolean> getRecoveryProc() {
    return Mono.just(properties.recoveryProc());
  }

  @Override
  @Deprecated
  public Mono<Boolean> getSelinux() {
    return Mono.just(machine.selinux());
  }

  @Override
  public Mono<Integer> getSmp() {
    return Mono.just(machine.processors());
  }
}
