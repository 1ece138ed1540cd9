package io.guestfs.benchmarks.comparison;

import io.guestfs.Guestfs;
import io.guestfs.HostFiles;
import java.nio.file.Path;
import java.util.Objects;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** An appliance of this library, with a thread that waits for each call. */
final class ReactiveGuest implements Guest {

  private final Guestfs g;

  ReactiveGuest(Guestfs g) {
    this.g = g;
  }

  @Override
  public void format(String type) {
    await(g.mkfs(type, "/dev/sda"));
    mount();
  }

  @Override
  public void mount() {
    await(g.mount("/dev/sda", "/"));
  }

  @Override
  public int devices() {
    return count(g.listDevices());
  }

  @Override
  public boolean exists(String path) {
    return get(g.exists(path));
  }

  @Override
  public void existsAtOnce(String path, int times) {
    // No more at once than a handle takes in.
    Flux.range(0, times).flatMap(i -> g.exists(path), 512).blockLast();
  }

  @Override
  public long size(String path) {
    return get(g.lstatns(path)).stSize();
  }

  @Override
  public void write(String path, byte[] content) {
    await(g.write(path, content));
  }

  @Override
  public byte[] read(String path) {
    return get(g.readFile(path));
  }

  @Override
  public int ls(String directory) {
    return count(g.ls(directory));
  }

  @Override
  public int readdir(String directory) {
    return count(g.readdir(directory));
  }

  @Override
  public void mkdirP(String directory) {
    await(g.mkdirP(directory));
  }

  @Override
  public void rmRf(String path) {
    await(g.rmRf(path));
  }

  @Override
  public void sync() {
    await(g.sync());
  }

  @Override
  public void upload(Path from, String to) {
    await(g.upload(HostFiles.read(from), to));
  }

  @Override
  public void download(String from, Path to) {
    await(HostFiles.write(g.download(from), to));
  }

  @Override
  public void tarIn(Path archive, String directory) {
    await(g.tarIn(HostFiles.read(archive), directory));
  }

  @Override
  public void tarOut(String directory, Path archive) {
    await(HostFiles.write(g.tarOut(directory), archive));
  }

  @Override
  public String checksum(String path) {
    return get(g.checksum("sha256", path));
  }

  @Override
  public int walk(String directory) {
    return count(g.walk(directory));
  }

  @Override
  public ProcessHandle qemu() {
    return ProcessHandle.of(get(g.getPid())).orElseThrow();
  }

  @Override
  public void close() {
    await(g.close());
  }

  /** The handle itself, for what the peer has no counterpart of. */
  Guestfs handle() {
    return g;
  }

  private static int count(Flux<?> items) {
    return Math.toIntExact(get(items.count()));
  }

  private static <T> T get(Mono<T> call) {
    return Objects.requireNonNull(call.block());
  }

  private static void await(Mono<Void> call) {
    call.block();
  }
}
