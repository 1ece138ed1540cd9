package io.guestfs.examples;

import io.guestfs.Guestfs;
import io.guestfs.calls.StatNS;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What the demo finds on a disk.
 *
 * @param largestFile the largest file of the tree that it walks; null without an operating system
 */
record DiskReport(@Nullable String largestFile) {

  private static final String TREE = "/usr";
  private static final long FILE_TYPE_MASK = 0170000;
  private static final long REGULAR_FILE = 0100000;

  private record Entry(String path, StatNS stat) {
    boolean isFile() {
      return (stat.stMode() & FILE_TYPE_MASK) == REGULAR_FILE;
    }
  }

  static Mono<DiskReport> of(Guestfs g) {
    return list(g).then(mount(g)).flatMap(mounted -> mounted ? system(g) : nothing());
  }

  private static Mono<Void> list(Guestfs g) {
    return Flux.concat(
            g.listPartitions().map(partition -> "partition " + partition),
            g.lvs().map(lv -> "logical volume " + lv),
            g.listFilesystems()
                .flatMapIterable(Map::entrySet)
                .map(entry -> "file system " + entry.getKey() + ": " + entry.getValue()))
        .doOnNext(line -> Steps.say("  %s", line))
        .then();
  }

  private static Mono<Boolean> mount(Guestfs g) {
    return GuestMounts.mountAll(g)
        .doOnNext(points -> Steps.say("  mounted as /etc/fstab says: %s", points))
        .hasElement();
  }

  private static Mono<DiskReport> nothing() {
    Steps.say("  no file system here has an /etc/fstab");
    return Mono.just(new DiskReport(null));
  }

  private static Mono<DiskReport> system(Guestfs g) {
    return name(g)
        .doOnNext(name -> Steps.say("  this is %s", name))
        .then(packages(g))
        .doOnNext(count -> Steps.say("  with %d packages installed", count))
        .then(largest(g))
        .flatMap(path -> compare(g, path).thenReturn(new DiskReport(path)))
        .defaultIfEmpty(new DiskReport(null));
  }

  private static Mono<String> name(Guestfs g) {
    String key = "PRETTY_NAME=";
    return g.readLines("/etc/os-release")
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(key.length()).replace("\"", ""))
        .next()
        .onErrorReturn("a system without /etc/os-release");
  }

  private static Mono<Long> packages(Guestfs g) {
    return g.readLines("/var/lib/dpkg/status")
        .filter(line -> line.startsWith("Status:") && line.endsWith(" installed"))
        .count()
        .onErrorReturn(0L);
  }

  /** For each name of a list another call is made on the same handle, while the list flows. */
  private static Mono<String> largest(Guestfs g) {
    return g.find(TREE)
        .map(name -> TREE + "/" + name)
        .concatMap(path -> g.lstatns(path).map(stat -> new Entry(path, stat)))
        .filter(Entry::isFile)
        .collectList()
        .doOnNext(files -> Steps.say("  %s has %d files", TREE, files.size()))
        .flatMapMany(Flux::fromIterable)
        .reduce((a, b) -> a.stat().stSize() >= b.stat().stSize() ? a : b)
        .doOnNext(e -> Steps.say("  largest: %s, %d bytes", e.path(), e.stat().stSize()))
        .map(Entry::path);
  }

  /** The download is hashed as it flows, and compared with what the appliance makes of the file. */
  private static Mono<Void> compare(Guestfs g, String path) {
    MessageDigest digest = sha256();
    return g.download(path)
        .doOnNext(Steps.counter("downloaded"))
        .doOnNext((ByteBuffer buffer) -> digest.update(buffer))
        .then(g.checksum("sha256", path))
        .doOnNext(
            expected -> {
              String downloaded = HexFormat.of().formatHex(digest.digest());
              if (!downloaded.equals(expected)) {
                throw new IllegalStateException(path + ": " + downloaded + " != " + expected);
              }
              Steps.say("  downloaded and hashed on both sides: %s", expected);
            })
        .then();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
