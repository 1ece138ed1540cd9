package io.guestfs;

import io.guestfs.calls.AttributeCalls;
import io.guestfs.calls.InternalCalls;
import io.guestfs.calls.Stat;
import io.guestfs.calls.StatNS;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Attributes of files, by other calls. */
final class AttributeLibrary implements AttributeCallsLibrary {

  private final AttributeCalls calls;
  private final InternalCalls internals;

  AttributeLibrary(AttributeCalls calls, InternalCalls internals) {
    this.calls = calls;
    this.internals = internals;
  }

  @Override
  @SuppressWarnings("deprecation") // deprecated for users, not for us
  public Mono<Stat> stat(String path) {
    return calls.statns(path).map(AttributeLibrary::withoutNanoseconds);
  }

  @Override
  @SuppressWarnings("deprecation") // deprecated for users, not for us
  public Mono<Stat> lstat(String path) {
    return calls.lstatns(path).map(AttributeLibrary::withoutNanoseconds);
  }

  @Override
  public Flux<StatNS> lstatnslist(String path, List<String> names) {
    return NameBatches.concat(names, some -> internals.internalLstatnslist(path, some));
  }

  @Override
  @SuppressWarnings("deprecation") // deprecated for users, not for us
  public Flux<Stat> lstatlist(String path, List<String> names) {
    return lstatnslist(path, names).map(AttributeLibrary::withoutNanoseconds);
  }

  private static Stat withoutNanoseconds(StatNS file) {
    return new Stat(
        file.stDev(),
        file.stIno(),
        file.stMode(),
        file.stNlink(),
        file.stUid(),
        file.stGid(),
        file.stRdev(),
        file.stSize(),
        file.stBlksize(),
        file.stBlocks(),
        file.stAtimeSec(),
        file.stMtimeSec(),
        file.stCtimeSec());
  }
}
