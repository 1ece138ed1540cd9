package io.guestfs.benchmarks.comparison;

import com.redhat.et.libguestfs.GuestFS;
import com.redhat.et.libguestfs.LibGuestFSException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** libguestfs, by its Java binding. It always boots. */
final class StockSide implements Side {

  private final boolean emulated;

  /** Its own choice of KVM fails outright on machines where KVM opens and does not work. */
  StockSide(boolean emulated) {
    this.emulated = emulated;
  }

  @Override
  public Guest launch(Path disk) {
    return answer(() -> new StockGuest(disk, emulated));
  }

  @Override
  public List<Guest> launchAll(List<Path> disks) {
    ExecutorService threads = Executors.newFixedThreadPool(disks.size());
    try {
      List<Future<Guest>> launches = new ArrayList<>();
      for (Path disk : disks) {
        launches.add(
            threads.submit(
                () -> {
                  Guest guest = new StockGuest(disk, emulated);
                  guest.devices();
                  return guest;
                }));
      }
      List<Guest> guests = new ArrayList<>();
      for (Future<Guest> launch : launches) {
        guests.add(answer(launch::get));
      }
      return guests;
    } finally {
      threads.shutdown();
    }
  }

  private static <T> T answer(Callable<T> call) {
    try {
      return call.call();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class StockGuest implements Guest {

    private final GuestFS g;

    StockGuest(Path disk, boolean emulated) throws LibGuestFSException {
      g = new GuestFS();
      g.set_backend("direct");
      if (emulated) {
        g.set_backend_setting("force_tcg", "1");
      }
      Map<String, Object> options = new HashMap<>();
      options.put("format", "raw");
      g.add_drive(disk.toString(), options);
      g.launch();
    }

    private interface Call {
      void run() throws LibGuestFSException;
    }

    private static void run(Call call) {
      answer(
          () -> {
            call.run();
            return true;
          });
    }

    @Override
    public void format(String type) {
      run(() -> g.mkfs(type, "/dev/sda", null));
      mount();
    }

    @Override
    public void mount() {
      run(() -> g.mount("/dev/sda", "/"));
    }

    @Override
    public int devices() {
      return answer(g::list_devices).length;
    }

    @Override
    public boolean exists(String path) {
      return answer(() -> g.exists(path));
    }

    @Override
    public void existsAtOnce(String path, int times) {
      for (int i = 0; i < times; i++) {
        exists(path);
      }
    }

    @Override
    public long size(String path) {
      return answer(() -> g.lstatns(path)).st_size;
    }

    @Override
    public void write(String path, byte[] content) {
      run(() -> g.write(path, content));
    }

    @Override
    public byte[] read(String path) {
      // The binding makes text of content, which is why what is read here is ASCII.
      return answer(() -> g.read_file(path)).getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public int ls(String directory) {
      return answer(() -> g.ls(directory)).length;
    }

    @Override
    public int readdir(String directory) {
      return answer(() -> g.readdir(directory)).length;
    }

    @Override
    public void mkdirP(String directory) {
      run(() -> g.mkdir_p(directory));
    }

    @Override
    public void rmRf(String path) {
      run(() -> g.rm_rf(path));
    }

    @Override
    public void sync() {
      run(g::sync);
    }

    @Override
    public void upload(Path from, String to) {
      run(() -> g.upload(from.toString(), to));
    }

    @Override
    public void download(String from, Path to) {
      run(() -> g.download(from, to.toString()));
    }

    @Override
    public void tarIn(Path archive, String directory) {
      run(() -> g.tar_in(archive.toString(), directory, null));
    }

    @Override
    public void tarOut(String directory, Path archive) {
      run(() -> g.tar_out(directory, archive.toString(), null));
    }

    @Override
    public String checksum(String path) {
      return answer(() -> g.checksum("sha256", path));
    }

    @Override
    public int walk(String directory) {
      int count = 0;
      for (String name : answer(() -> g.ls(directory))) {
        String below = directory + "/" + name;
        size(below);
        String[] names = names(below);
        count += 1 + answer(() -> g.lstatnslist(below, names)).length;
      }
      return count;
    }

    private String[] names(String directory) {
      List<String> names = new ArrayList<>();
      for (var entry : answer(() -> g.readdir(directory))) {
        if (!entry.name.equals(".") && !entry.name.equals("..")) {
          names.add(entry.name);
        }
      }
      return names.toArray(String[]::new);
    }

    @Override
    public ProcessHandle qemu() {
      return ProcessHandle.of(answer(g::get_pid)).orElseThrow();
    }

    @Override
    public void close() {
      run(g::shutdown);
      run(g::close);
    }
  }
}
