package io.guestfs.appliance.launch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Behaves towards the launcher as qemu does, as far as the launcher sees: connects its sockets,
 * answers its monitor, and with {@code cont} boots a guest that opens its port at once. With a
 * control port it is saved and restored as qemu is, state and all.
 */
final class FakeQemu {

  /** What it does otherwise than qemu. */
  enum Mode {
    /** Nothing. */
    OBEDIENT,
    /** Does not do what {@code quit} says. */
    IGNORES_QUIT,
    /** The guest does nothing: it reads no disk and never opens its port. */
    GUEST_HANGS,
    /** Ends after {@code cont} with status 3. */
    DIES_BOOTING,
    /** The guest never says that it is ready to be saved. */
    NEVER_READY,
    /** The guest fails when it is told to warm up. */
    CANNOT_WARM,
    /** Does not save the state of its devices. */
    CANNOT_SAVE,
    /** Ends with status 1 when it is to load state. */
    CANNOT_LOAD,
    /** The guest fails when it is woken. */
    CANNOT_WAKE,
    /** The guest does not find its disks, when it waited for them. */
    CANNOT_PLUG,
    /** The guest boots to wait for its disks, but cannot do what it will have to. */
    CANNOT_PRACTISE,
    /** Ends with status 3 when its guest is given disks; its connections end before it does. */
    DIES_PLUGGING,
    /** Refuses to open any image, as qemu does when another process writes to it. */
    DISK_LOCKED
  }

  private static final Pattern COMMAND = Pattern.compile("\"execute\":\"([a-z_-]+)\"");

  private static final String STATE = "the state of the devices";

  private final Mode mode;
  private final List<String> arguments;
  private @Nullable SocketChannel control;

  private FakeQemu(Mode mode, List<String> arguments) {
    this.mode = mode;
    this.arguments = arguments;
  }

  /** Writes a script that can be given to the launcher as qemu. */
  static Path script(Path directory, Mode mode) throws IOException {
    return script(
        directory,
        "exec '%s/bin/java' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '%s' %s %s \"$@\""
            .formatted(
                System.getProperty("java.home"),
                System.getProperty("java.class.path"),
                FakeQemu.class.getName(),
                mode));
  }

  /** Writes a script with another content. */
  static Path script(Path directory, String line) throws IOException {
    Path script = Files.createTempFile(directory, "qemu", "");
    Files.writeString(script, "#!/bin/sh\n" + line + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return script;
  }

  public static void main(String[] arguments) throws Exception {
    List<String> words = List.of(arguments);
    new FakeQemu(Mode.valueOf(words.get(0)), words.subList(1, words.size())).run();
  }

  private void run() throws IOException, InterruptedException {
    try (SocketChannel monitor = connect("monitor0");
        SocketChannel console = connect("console0");
        SocketChannel channel = connect("channel0")) {
      channel.configureBlocking(true);
      if (hasChardev("control0")) {
        control = connect("control0");
      }
      say(monitor, "{\"QMP\": {\"version\": {}, \"capabilities\": []}}");
      BufferedReader commands =
          new BufferedReader(
              new InputStreamReader(Channels.newInputStream(monitor), StandardCharsets.UTF_8));
      for (String line = commands.readLine(); line != null; line = commands.readLine()) {
        Matcher command = COMMAND.matcher(line);
        if (command.find() && obey(command.group(1), line, monitor, console)) {
          return;
        }
      }
      new CountDownLatch(1).await();
    }
  }

  /** Returns whether that was the last command. */
  private boolean obey(String command, String line, SocketChannel monitor, SocketChannel console)
      throws IOException {
    if (mode == Mode.DISK_LOCKED && command.equals("blockdev-add") && !line.contains("null-co")) {
      say(
          monitor,
          "{\"error\": {\"class\": \"GenericError\", \"desc\": \"Failed to get \\\"write\\\""
              + " lock\"}}");
      return false;
    }
    if (command.equals("query-named-block-nodes")) {
      say(monitor, "{\"return\": []}");
      return false;
    }
    if (command.equals("query-blockstats")) {
      int reads = mode == Mode.GUEST_HANGS ? 0 : 100;
      say(monitor, "{\"return\": [{\"stats\": {\"rd_operations\": " + reads + "}}]}");
      return false;
    }
    if (command.equals("query-migrate")) {
      String status = mode == Mode.CANNOT_SAVE ? "failed" : "completed";
      say(monitor, "{\"return\": {\"status\": \"" + status + "\"}}");
      return false;
    }
    if (command.equals("migrate-incoming")) {
      load(line, monitor);
      return false;
    }
    say(monitor, "{\"return\": {}}");
    switch (command) {
      case "cont" -> boot(monitor, console);
      case "migrate" -> save(line);
      default -> {
        // Nothing happens.
      }
    }
    return command.equals("quit") && mode != Mode.IGNORES_QUIT;
  }

  private void boot(SocketChannel monitor, SocketChannel console) throws IOException {
    say(console, "the guest boots\r");
    switch (mode) {
      case DIES_BOOTING -> {
        System.err.println("fake: the guest is gone");
        System.exit(3);
      }
      case GUEST_HANGS -> say(console, "the guest hangs");
      default -> {
        if (control == null) {
          say(
              monitor,
              "{\"event\": \"VSERPORT_CHANGE\", \"data\": {\"open\": true, \"id\": \"channel0\"}}");
        } else if (arguments.contains("-incoming")) {
          wake(control);
        } else if (arguments.stream().anyMatch(word -> word.endsWith(".plug.0"))) {
          say(control, mode == Mode.CANNOT_PRACTISE ? "failed: no practice" : "awake");
          plug(linesOf(control));
        } else if (mode != Mode.NEVER_READY) {
          say(control, "ready");
        }
      }
    }
  }

  private void wake(SocketChannel from) throws IOException {
    BufferedReader lines = linesOf(from);
    String wake = lines.readLine();
    System.err.println(wake);
    if (wake.equals("warm")) {
      say(from, mode == Mode.CANNOT_WARM ? "failed: too cold" : "warm");
      return;
    }
    say(from, mode == Mode.CANNOT_WAKE ? "failed: no entropy" : "awake");
    if (wake.endsWith(" later")) {
      plug(lines);
    }
  }

  /** Answers beside the monitor, through which the disks come meanwhile. */
  private void plug(BufferedReader lines) {
    SocketChannel to = Objects.requireNonNull(control);
    Thread guest =
        new Thread(
            () -> {
              try {
                System.err.println(lines.readLine());
                if (mode == Mode.DIES_PLUGGING) {
                  to.close();
                  System.exit(3);
                }
                say(to, mode == Mode.CANNOT_PLUG ? "failed: no disks" : "plugged");
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    guest.setDaemon(true);
    guest.start();
  }

  private static BufferedReader linesOf(SocketChannel channel) {
    return new BufferedReader(
        new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.US_ASCII));
  }

  private static void save(String line) throws IOException {
    try (SocketChannel migration = SocketChannel.open(address(line))) {
      say(migration, STATE);
    }
  }

  private void load(String line, SocketChannel monitor) throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(address(line));
      say(monitor, "{\"return\": {}}");
      try (SocketChannel migration = server.accept()) {
        byte[] state = Channels.newInputStream(migration).readAllBytes();
        boolean right = new String(state, StandardCharsets.UTF_8).equals(STATE + "\n");
        if (mode == Mode.CANNOT_LOAD || !right) {
          System.err.println("fake: load of migration failed");
          System.exit(1);
        }
      }
    }
    say(monitor, "{\"event\": \"MIGRATION\", \"data\": {\"status\": \"completed\"}}");
  }

  private static UnixDomainSocketAddress address(String line) {
    Matcher uri = Pattern.compile("\"uri\":\"unix:([^\"]*)\"").matcher(line);
    if (!uri.find()) {
      throw new IllegalArgumentException(line);
    }
    return UnixDomainSocketAddress.of(uri.group(1));
  }

  private boolean hasChardev(String id) {
    return arguments.stream().anyMatch(word -> word.contains("id=" + id + ","));
  }

  private SocketChannel connect(String id) throws IOException {
    String chardev =
        arguments.stream()
            .filter(word -> word.contains("id=" + id + ","))
            .findFirst()
            .orElseThrow();
    String path = chardev.substring(chardev.indexOf("path=") + "path=".length());
    return SocketChannel.open(UnixDomainSocketAddress.of(path));
  }

  private static void say(SocketChannel to, String line) throws IOException {
    to.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
  }
}
