package io.guestfs.examples;

import io.guestfs.Guestfs;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Mounts a guest's file systems, read-only, where its /etc/fstab says. */
final class GuestMounts {

  private static final Set<String> NOT_MOUNTABLE = Set.of("swap", "crypto_LUKS", "unknown", "");

  private record FstabEntry(String device, String mountpoint) {}

  private GuestMounts() {}

  /** Gives the mount points; empty when no file system has an /etc/fstab. */
  static Mono<List<String>> mountAll(Guestfs g) {
    return g.listFilesystems()
        .flatMapIterable(Map::entrySet)
        .filter(entry -> !NOT_MOUNTABLE.contains(entry.getValue()))
        .map(Map.Entry::getKey)
        .concatMap(filesystem -> mountIfRoot(g, filesystem))
        .next()
        .flatMap(root -> mountOthers(g));
  }

  private static Mono<String> mountIfRoot(Guestfs g, String filesystem) {
    return g.mountRo(filesystem, "/")
        .then(g.isFile("/etc/fstab"))
        .flatMap(
            isRoot -> isRoot ? Mono.just(filesystem) : g.umountAll().then(Mono.<String>empty()));
  }

  private static Mono<List<String>> mountOthers(Guestfs g) {
    return g.readLines("/etc/fstab")
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .map(line -> line.split("\\s+"))
        .filter(fields -> fields.length >= 2 && fields[1].startsWith("/") && !fields[1].equals("/"))
        .map(fields -> new FstabEntry(fields[0], fields[1]))
        .sort(Comparator.comparing(FstabEntry::mountpoint))
        .concatMap(entry -> mount(g, entry))
        .collectList()
        .map(others -> Flux.concat(Flux.just("/"), Flux.fromIterable(others)))
        .flatMap(Flux::collectList);
  }

  private static Mono<String> mount(Guestfs g, FstabEntry entry) {
    return device(g, entry.device())
        .flatMap(device -> g.mountRo(device, entry.mountpoint()).thenReturn(entry.mountpoint()));
  }

  /** The mountable that an entry names; empty for what is not on a disk, such as tmpfs. */
  private static Mono<String> device(Guestfs g, String name) {
    if (name.startsWith("UUID=")) {
      return find(g, name.substring(5), Guestfs::vfsUuid);
    }
    if (name.startsWith("LABEL=")) {
      return find(g, name.substring(6), Guestfs::vfsLabel);
    }
    return name.startsWith("/dev/") ? Mono.just(name) : Mono.empty();
  }

  private interface Question {
    Mono<String> ask(Guestfs g, String mountable);
  }

  private static Mono<String> find(Guestfs g, String wanted, Question question) {
    return g.listFilesystems()
        .flatMapIterable(Map::keySet)
        .concatMap(
            mountable -> question.ask(g, mountable).filter(wanted::equals).map(found -> mountable))
        .next();
  }
}
