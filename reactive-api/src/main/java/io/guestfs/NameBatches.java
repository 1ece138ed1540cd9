package io.guestfs;

import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Flux;

/** Calls on many names in a directory, as a series of calls of which each fits into a message. */
final class NameBatches {

  /** Even of the longest names, and of their attributes, so many fit. */
  static final int NAMES_PER_CALL = 1000;

  private static final String TOO_LARGE = "E2BIG";

  private NameBatches() {}

  /**
   * Makes the calls one after the other.
   *
   * @param call gives the results of some names; when they are more than a reply may hold it is
   *     tried again with fewer
   */
  static <T> Flux<T> concat(List<String> names, Function<List<String>, Flux<T>> call) {
    return Flux.fromIterable(names)
        .buffer(NAMES_PER_CALL)
        .concatMap(some -> withFewerIfTooLarge(some, call));
  }

  private static <T> Flux<T> withFewerIfTooLarge(
      List<String> names, Function<List<String>, Flux<T>> call) {
    return call.apply(names)
        .onErrorResume(
            CallFailedException.class,
            error -> {
              if (names.size() == 1 || !error.errnoName().equals(TOO_LARGE)) {
                return Flux.error(error);
              }
              int half = names.size() / 2;
              return Flux.concat(
                  withFewerIfTooLarge(names.subList(0, half), call),
                  withFewerIfTooLarge(names.subList(half, names.size()), call));
            });
  }
}
