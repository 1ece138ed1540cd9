package io.guestfs.benchmarks.comparison;

import io.guestfs.Guestfs;
import io.guestfs.GuestfsBuilder;
import io.guestfs.GuestfsEvent;
import io.guestfs.appliance.ApplianceEvent.Phase;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the time of a launch goes. The library tells when its steps begin; how far the guest was is
 * read from its kernel's log and from {@code /proc}, once the launch is over. What two neighbours
 * add up to is exact; between kernel, init and runtime the clock of the guest is right to some
 * milliseconds.
 */
final class LaunchPhases {

  /** What the kernel logs when it hands over to the initial RAM disk ({@code init/main.c}). */
  private static final Pattern INIT =
      Pattern.compile("\\[ *(\\d+\\.\\d+)\\] Run /init as init process");

  /** Of the 52 fields of {@code /proc/PID/stat} those behind the name, which may have blanks. */
  private static final int START_TIME = 22 - 3;

  private static final double TICKS_PER_SECOND = 100;

  private LaunchPhases() {}

  /** Launches without a template, until the guest has told what disks it sees; milliseconds. */
  static double cold(Bench bench) throws IOException {
    GuestfsBuilder machine = ReactiveSide.builder(bench.freshDisk()).templates(false);
    Timeline line = new Timeline();
    Guestfs g = line.launch(machine);
    GuestClock guest = GuestClock.of(g);
    g.close().block();
    line.ends("prepare", line.begin(Phase.STARTING_QEMU));
    line.ends("qemu", line.begin(Phase.BOOTING));
    line.ends("kernel", guest.init());
    line.ends("init", guest.daemon());
    line.ends("runtime", line.begin(Phase.READY));
    line.endsAnswered();
    return line.note("phase.cold.", bench.notes());
  }

  /** As {@link #cold}, from a template. The machine is left to others. */
  static double warm(Bench bench) throws IOException {
    GuestfsBuilder machine = ReactiveSide.builder(bench.freshDisk());
    Timeline line = new Timeline();
    bench.leave(new ReactiveGuest(line.launch(machine)));
    line.ends("prepare", line.begin(Phase.STARTING_QEMU));
    line.ends("qemu", line.begin(Phase.RESTORING));
    line.ends("restore", line.begin(Phase.ATTACHING_DRIVES));
    line.ends("disks", line.begin(Phase.BOOTING));
    line.ends("wake", line.begin(Phase.READY));
    line.endsAnswered();
    return line.note("phase.warm.", bench.notes());
  }

  /** The moments of one launch, on the clock of {@link System#nanoTime}. */
  private static final class Timeline implements Consumer<GuestfsEvent> {

    private final Map<Phase, Long> begins = new ConcurrentHashMap<>();
    private final Map<String, Long> ends = new LinkedHashMap<>();
    private long start;
    private long launched;
    private long answered;

    Guestfs launch(GuestfsBuilder machine) {
      start = System.nanoTime();
      Guestfs g = Objects.requireNonNull(machine.listener(this).launch().block());
      launched = System.nanoTime();
      if (!Objects.equals(g.listDevices().count().block(), 1L)) {
        throw new IllegalStateException("there is another number of disks");
      }
      answered = System.nanoTime();
      return g;
    }

    @Override
    public void accept(GuestfsEvent event) {
      if (event instanceof GuestfsEvent.LaunchPhase step) {
        begins.putIfAbsent(step.phase(), System.nanoTime());
      }
    }

    long begin(Phase step) {
      Long begin = begins.get(step);
      if (begin == null) {
        throw new IllegalStateException("the launch had no step " + step);
      }
      return begin;
    }

    void ends(String phase, long moment) {
      ends.put(phase, moment);
    }

    void endsAnswered() {
      ends("daemon", launched);
      ends("call", answered);
    }

    /** Tells how long it was in all. */
    double note(String prefix, Notes notes) {
      long before = start;
      for (Map.Entry<String, Long> phase : ends.entrySet()) {
        notes.add(prefix + phase.getKey(), Unit.MILLISECONDS, (phase.getValue() - before) / 1e6);
        before = phase.getValue();
      }
      return (answered - start) / 1e6;
    }
  }

  /**
   * Moments of a guest, on the clock of {@link System#nanoTime}.
   *
   * @param init the kernel handed over to the initial RAM disk
   * @param daemon the daemon's process was made
   */
  private record GuestClock(long init, long daemon) {

    /** Asks a guest in which nothing is mounted. */
    static GuestClock of(Guestfs g) {
      String log = Objects.requireNonNull(g.dmesg().block());
      Matcher init = INIT.matcher(log);
      if (!init.find()) {
        throw new IllegalStateException("the guest's kernel has not logged when it ran init");
      }
      g.mountVfs("ro", "proc", "/dev/sda", "/").block();
      String[] daemon = read(g, "/self/stat").replaceFirst(".*\\) ", "").split(" ");
      long before = System.nanoTime();
      double uptime = Double.parseDouble(read(g, "/uptime").split(" ")[0]);
      long after = System.nanoTime();
      long zero = before + (after - before) / 2 - nanos(uptime);
      double daemonSeconds = Long.parseLong(daemon[START_TIME]) / TICKS_PER_SECOND;
      return new GuestClock(
          zero + nanos(Double.parseDouble(init.group(1))), zero + nanos(daemonSeconds));
    }

    private static String read(Guestfs g, String file) {
      return Objects.requireNonNull(g.cat(file).block());
    }

    private static long nanos(double seconds) {
      return Math.round(seconds * 1e9);
    }
  }
}
