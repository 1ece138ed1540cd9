package io.guestfs;

import io.guestfs.calls.InternalCalls;
import java.util.List;
import reactor.core.publisher.Flux;

/** Links of many names, by other calls. */
final class LinkLibrary implements LinkCallsLibrary {

  private final InternalCalls internals;

  LinkLibrary(InternalCalls internals) {
    this.internals = internals;
  }

  @Override
  public Flux<String> readlinklist(String path, List<String> names) {
    return NameBatches.concat(names, some -> internals.internalReadlinklist(path, some));
  }
}
