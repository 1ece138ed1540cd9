package io.guestfs;

import io.guestfs.calls.InternalCalls;
import io.guestfs.calls.Version;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What the library knows of itself and asks of the daemon. */
final class DaemonLibrary implements DaemonCallsLibrary {

  private static final int AVAILABLE = 0;
  private static final int NOT_AVAILABLE = 1;

  private final InternalCalls internals;

  DaemonLibrary(InternalCalls internals) {
    this.internals = internals;
  }

  @Override
  public Mono<Version> version() {
    return Mono.fromCallable(LibraryVersion::current).subscribeOn(Schedulers.boundedElastic());
  }

  @Override
  public Mono<Void> available(List<String> groups) {
    return Flux.fromIterable(groups)
        .concatMap(
            group ->
                availability("available", group)
                    .filter(available -> !available)
                    .flatMap(
                        lacking ->
                            Mono.<Boolean>error(
                                new CallFailedException(
                                    "available",
                                    "ENOTSUP",
                                    "the appliance does not have the feature group " + group))))
        .then();
  }

  @Override
  public Mono<Boolean> featureAvailable(List<String> groups) {
    return Flux.fromIterable(groups)
        .concatMap(group -> availability("feature_available", group))
        .all(available -> available);
  }

  private Mono<Boolean> availability(String call, String group) {
    return internals
        .internalFeatureAvailable(group)
        .flatMap(
            answer ->
                switch (answer) {
                  case AVAILABLE -> Mono.just(true);
                  case NOT_AVAILABLE -> Mono.just(false);
                  default ->
                      Mono.error(
                          new CallFailedException(
                              call, "EINVAL", group + ": unknown feature group"));
                });
  }
}
