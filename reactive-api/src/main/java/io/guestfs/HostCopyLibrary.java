package io.guestfs;

import io.guestfs.TarHeader.MemberType;
import io.guestfs.calls.AttributeCalls;
import io.guestfs.calls.StatNS;
import io.guestfs.calls.TransferCalls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Copies between host and guest, by tar archives that are made and unpacked as they flow. */
final class HostCopyLibrary implements HostCopyCallsLibrary {

  private static final int TYPE_MASK = 0170000;
  private static final int DIRECTORY = 0040000;
  private static final int REGULAR = 0100000;
  private static final int PERMISSIONS = 07777;

  private final AttributeCalls attributes;
  private final TransferCalls transfers;

  HostCopyLibrary(AttributeCalls attributes, TransferCalls transfers) {
    this.attributes = attributes;
    this.transfers = transfers;
  }

  @Override
  public Mono<Void> copyIn(String localpath, String remotedir) {
    return Mono.defer(
        () -> {
          Path source = named(Path.of(localpath));
          return attributes
              .statns(remotedir)
              .filter(status -> type(status) == DIRECTORY)
              .switchIfEmpty(Mono.error(() -> notADirectory("copy_in", remotedir)))
              .then(transfers.tarIn(HostFiles.read(() -> new HostTarSource(source)), remotedir));
        });
  }

  @Override
  public Mono<Void> copyOut(String remotepath, String localdir) {
    return Mono.fromCallable(() -> target(remotepath, Path.of(localdir)))
        .subscribeOn(Schedulers.boundedElastic())
        .flatMap(
            target ->
                attributes
                    .lstatns(remotepath)
                    .flatMap(status -> copyOut(remotepath, status, target)));
  }

  private Mono<Void> copyOut(String remotepath, StatNS status, Path target) {
    return switch (type(status)) {
      case DIRECTORY -> copyDirectory(remotepath, target);
      case REGULAR -> copyFile(remotepath, status, target);
      default ->
          Mono.error(
              new CallFailedException(
                  "copy_out", "EINVAL", remotepath + ": is neither a file nor a directory"));
    };
  }

  private Mono<Void> copyDirectory(String remotepath, Path target) {
    return Mono.fromCallable(() -> new HostTarSink(target))
        .subscribeOn(Schedulers.boundedElastic())
        .flatMap(
            sink ->
                HostFiles.write(transfers.tarOut(remotepath), () -> sink)
                    .then(Mono.defer(() -> end(sink, remotepath))));
  }

  private Mono<Void> copyFile(String remotepath, StatNS status, Path target) {
    Path folder = Objects.requireNonNull(target.getParent());
    Path name = Objects.requireNonNull(target.getFileName());
    return HostFiles.write(
        transfers.download(FileLibrary.inGuest(remotepath)),
        () -> new HostTree(folder).file(header(name.toString(), status)));
  }

  private static Mono<Void> end(HostTarSink sink, String remotepath) {
    return sink.isComplete()
        ? Mono.empty()
        : Mono.error(
            new CallFailedException(
                "copy_out", "EPROTO", remotepath + ": the archive of it has no end"));
  }

  /** A path whose last component is a name; for {@code .} that of the directory that it means. */
  private static Path named(Path path) {
    Path name = path.getFileName();
    boolean isName = name != null && !name.toString().matches("\\.{0,2}");
    Path named = isName ? path : path.toAbsolutePath().normalize();
    if (named.getFileName() == null) {
      throw new CallFailedException(
          "copy_in", "EINVAL", path + ": is the root directory, which has no name to copy it to");
    }
    return named;
  }

  /** Where on the host the copy will be. */
  private static Path target(String remotepath, Path localdir) {
    if (!Files.isDirectory(localdir)) {
      throw notADirectory("copy_out", localdir.toString());
    }
    int end = remotepath.length();
    while (end > 0 && remotepath.charAt(end - 1) == '/') {
      end--;
    }
    String name = remotepath.substring(remotepath.lastIndexOf('/', end - 1) + 1, end);
    Path directory = localdir.toAbsolutePath();
    return name.isEmpty() ? directory : HostFiles.resolve(directory, name);
  }

  private static TarHeader header(String name, StatNS status) {
    return new TarHeader(
        name,
        MemberType.REGULAR,
        (int) status.stMode() & PERMISSIONS,
        status.stUid(),
        status.stGid(),
        status.stSize(),
        status.stMtimeSec(),
        "",
        0);
  }

  private static int type(StatNS status) {
    return (int) status.stMode() & TYPE_MASK;
  }

  private static CallFailedException notADirectory(String call, String path) {
    return new CallFailedException(call, "ENOTDIR", path + ": is not a directory");
  }
}
