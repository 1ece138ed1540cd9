package io.guestfs;

import io.guestfs.appliance.Appliance;
import io.guestfs.appliance.MachineConfig;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import reactor.core.publisher.Mono;

/** What a handle is doing, its end, and what can be changed while it runs. */
final class HandleLibrary implements HandleCallsLibrary {

  /** It stands in front of lines. */
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z0-9_-]*");

  private final Appliance appliance;
  private final Connection connection;
  private final HandleProperties properties;
  private final Mono<Void> close;

  HandleLibrary(
      Appliance appliance, Connection connection, HandleProperties properties, Mono<Void> close) {
    this.appliance = appliance;
    this.connection = connection;
    this.properties = properties;
    this.close = close;
  }

  @Override
  public Mono<Integer> getState() {
    return state(GuestfsState::ordinal);
  }

  @Override
  public Mono<Boolean> isConfig() {
    return state(state -> state == GuestfsState.CONFIG);
  }

  @Override
  public Mono<Boolean> isLaunching() {
    return state(state -> state == GuestfsState.LAUNCHING);
  }

  @Override
  public Mono<Boolean> isReady() {
    return state(state -> state == GuestfsState.READY);
  }

  @Override
  public Mono<Boolean> isBusy() {
    return state(state -> state == GuestfsState.BUSY);
  }

  private <T> Mono<T> state(Function<GuestfsState, T> answer) {
    return Mono.fromSupplier(() -> answer.apply(connection.state()));
  }

  @Override
  @Deprecated
  public Mono<Void> waitReady() {
    return isConfig()
        .filter(config -> config)
        .flatMap(
            gone ->
                Mono.error(
                    new ApplianceDiedException("wait_ready", "there is none", null, List.of())));
  }

  @Override
  public Mono<Integer> getPid() {
    return appliance.qemuPid().map(Math::toIntExact);
  }

  @Override
  public Mono<Long> cPointer() {
    return Mono.just(properties.number());
  }

  @Override
  @Deprecated
  public Mono<Void> removeDrive(String label) {
    return Mono.error(
        () ->
            new CallFailedException(
                "remove_drive",
                "",
                label + ": disks of a handle stay; a new handle has the disks that are wanted"));
  }

  @Override
  public Mono<Integer> maxDisks() {
    return Mono.just(MachineConfig.MAX_DRIVES);
  }

  @Override
  public Mono<Void> shutdown() {
    return close;
  }

  @Override
  @Deprecated
  public Mono<Void> killSubprocess() {
    return close;
  }

  @Override
  public Mono<Void> userCancel() {
    return Mono.fromRunnable(connection::cancelTransfer);
  }

  @Override
  public Mono<Boolean> getTrace() {
    return Mono.fromSupplier(properties::trace);
  }

  @Override
  public Mono<Void> setTrace(boolean trace) {
    return Mono.fromRunnable(() -> properties.trace(trace));
  }

  @Override
  public Mono<Boolean> getVerbose() {
    return Mono.fromSupplier(properties::verbose);
  }

  @Override
  public Mono<Void> setVerbose(boolean verbose) {
    return Mono.fromRunnable(() -> properties.verbose(verbose));
  }

  @Override
  public Mono<Boolean> getAutosync() {
    return Mono.fromSupplier(properties::autosync);
  }

  @Override
  public Mono<Void> setAutosync(boolean autosync) {
    return Mono.fromRunnable(() -> properties.autosync(autosync));
  }

  @Override
  public Mono<String> getIdentifier() {
    return Mono.fromSupplier(properties::identifier);
  }

  @Override
  public Mono<Void> setIdentifier(String identifier) {
    return IDENTIFIER.matcher(identifier).matches()
        ? Mono.fromRunnable(() -> properties.identifier(identifier))
        : Mono.error(
            new CallFailedException(
                "set_identifier",
                "EINVAL",
                "'" + identifier + "': an identifier has letters, digits, _ and - only"));
  }

  @Override
  public Mono<String> getProgram() {
    return Mono.fromSupplier(properties::program);
  }

  @Override
  public Mono<Void> setProgram(String program) {
    return Mono.fromRunnable(() -> properties.program(program));
  }
}
