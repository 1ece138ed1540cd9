package io.guestfs;

import io.guestfs.calls.InternalCalls;
import io.guestfs.calls.XAttr;
import java.util.List;
import reactor.core.publisher.Flux;

/** Extended attributes of many names, by other calls. */
final class ExtendedAttributeLibrary implements ExtendedAttributeCallsLibrary {

  private final InternalCalls internals;

  ExtendedAttributeLibrary(InternalCalls internals) {
    this.internals = internals;
  }

  @Override
  public Flux<XAttr> lxattrlist(String path, List<String> names) {
    return NameBatches.concat(names, some -> internals.internalLxattrlist(path, some));
  }
}
