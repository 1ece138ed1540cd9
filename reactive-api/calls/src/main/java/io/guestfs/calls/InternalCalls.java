package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.Filename;
import io.guestfs.protocol.annotation.Mountable;
import io.guestfs.protocol.annotation.Pathname;
import java.nio.ByteBuffer;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Procedures of which the library composes other calls; not for users. */
@CallFamily
public interface InternalCalls {

  /** Unmounts everything and syncs, before the appliance goes down. */
  @Call(number = 282, name = "internal_autosync", since = "1.9.7")
  Mono<Void> internalAutosync();

  /** Whether the daemon has a feature group: 0 yes, 1 no, 2 nobody knows it. */
  @Call(number = 458, name = "internal_feature_available", since = "1.31.25")
  Mono<Integer> internalFeatureAvailable(String group);

  /** Writes a file; the content fits into a message. */
  @Call(number = 246, name = "internal_write", since = "1.19.32")
  Mono<Void> internalWrite(@Pathname String path, byte[] content);

  /** Appends to a file; the content fits into a message. */
  @Call(number = 290, name = "internal_write_append", since = "1.19.32")
  Mono<Void> internalWriteAppend(@Pathname String path, byte[] content);

  /** As {@link AttributeCalls#lstatnslist}, of as many names as fit into a message. */
  @Call(number = 423, name = "internal_lstatnslist", since = "1.27.53")
  Flux<StatNS> internalLstatnslist(@Pathname String path, List<@Filename String> names);

  /** As {@link ExtendedAttributeCalls#lxattrlist}, of as many names as fit into a message. */
  @Call(number = 205, name = "internal_lxattrlist", since = "1.19.32", group = "linuxxattrs")
  Flux<XAttr> internalLxattrlist(@Pathname String path, List<@Filename String> names);

  /** As {@link LinkCalls#readlinklist}, of as many names as fit into a message. */
  @Call(number = 206, name = "internal_readlinklist", since = "1.19.32")
  Flux<String> internalReadlinklist(@Pathname String path, List<@Filename String> names);

  /** Takes a mountable apart. */
  @Call(number = 396, name = "internal_parse_mountable", since = "1.21.11")
  Mono<InternalMountable> internalParseMountable(@Mountable String mountable);

  /** The entries of a directory as a stream of {@link Dirent} structures in XDR. */
  @Call(number = 511, name = "internal_readdir", since = "1.48.2")
  Flux<ByteBuffer> internalReaddir(@Pathname String dir);
}
