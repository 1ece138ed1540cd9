package io.guestfs.daemon.tool;

import io.guestfs.calls.wire.IncomingFile;
import io.guestfs.calls.wire.OutgoingFile;
import io.guestfs.calls.wire.Progress;
import io.guestfs.daemon.linux.ChildProcess;
import io.guestfs.daemon.linux.Directory;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.root.GuestRoot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run of an external program: its arguments, what it reads, where its output goes.
 *
 * <p>There is no shell, the locale is C, the search path is fixed, nothing is inherited but the
 * three standard streams, and both outputs are bounded. A file of the guest is handed over as an
 * open directory to work {@link #in} or as {@link io.guestfs.daemon.linux.Fd#procPath}; paths of
 * the guest only to a program that works {@link #inside} of it.
 */
public final class Tool {
  private static final String[] ENVIRONMENT = {
    SearchPath.VARIABLE, "LC_ALL=C", "TERM=dumb", "HOME=/"
  };

  private final String program;
  private final List<String> arguments = new ArrayList<>();
  private final List<String> environment = new ArrayList<>();
  private Launcher launcher = new OwnProgram(null);
  private @Nullable IncomingFile input;
  private @Nullable Fd inputFile;
  private @Nullable Tool producer;
  private @Nullable OutgoingFile output;
  private @Nullable Progress progress;

  private Tool(String program) {
    this.program = program;
    for (String variable : ENVIRONMENT) {
      environment.add(variable);
    }
  }

  /** A program by its name, such as {@code mkfs.ext4}. */
  public static Tool of(String program, String... arguments) {
    return new Tool(program).args(arguments);
  }

  /**
   * A program of the guest, run with the guest as its root directory and the daemon's /dev, /proc
   * and /sys in it.
   *
   * @param program its path, or its name in one of the usual folders
   */
  public static Tool ofGuest(GuestRoot guest, String program, List<String> arguments) {
    Tool tool = new Tool(program).args(arguments);
    tool.launcher = new GuestProgram(guest);
    return tool;
  }

  /** Whether this program can be run here. */
  public static boolean isInstalled(String program) {
    return SearchPath.find(program) != null;
  }

  /**
   * The words by which a program that runs {@link #inside} a guest can start another program of the
   * daemon's own system.
   */
  public static List<String> commandInside(String program) {
    return OwnProgramInGuest.command(program);
  }

  public Tool args(String... more) {
    for (String argument : more) {
      arguments.add(argument);
    }
    return this;
  }

  public Tool args(List<String> more) {
    arguments.addAll(more);
    return this;
  }

  /** Works in this directory, which is the caller's to close. */
  public Tool in(Directory workingDirectory) {
    launcher = new OwnProgram(workingDirectory);
    return this;
  }

  /**
   * Has the guest as its root directory, so that paths of the guest may be arguments, and every
   * symlink resolves inside the guest. It can do nothing but what concerns files: no program that
   * it knows by name is there, nothing of the guest can be executed.
   */
  public Tool inside(GuestRoot guest) {
    launcher = new OwnProgramInGuest(guest);
    return this;
  }

  /** Adds {@code NAME=value} to the environment. */
  public Tool environment(String variable) {
    environment.add(variable);
    return this;
  }

  /** Streams standard input; without this it is empty. */
  public Tool input(IncomingFile source) {
    input = source;
    return this;
  }

  /** Gives it these bytes as standard input. */
  public Tool input(byte[] content) {
    return input(new ArrayContent(content));
  }

  /** Gives it an open file as standard input, from its position on; it is the caller's to close. */
  public Tool input(Fd file) {
    inputFile = file;
    return this;
  }

  /**
   * Gives it as standard input what another program writes. The call fails when that one does, but
   * not when it was ended because nobody reads any more.
   */
  public Tool input(Tool program) {
    producer = program;
    return this;
  }

  /** Streams standard output away; without this it is collected. */
  public Tool output(OutgoingFile sink) {
    output = sink;
    return this;
  }

  /** Reports, while the program runs, that the call is busy and that nobody knows for how long. */
  public Tool busy(Progress listener) {
    progress = listener;
    return this;
  }

  /** Runs it and returns what it wrote; the call fails when the program does. */
  public String run() {
    ToolResult result = attempt();
    if (!result.status().isSuccess()) {
      throw result.failure();
    }
    return result.output();
  }

  /** Runs it and lets the caller judge how it ended. */
  public ToolResult attempt() {
    try (ToolRun run = new ToolRun(program, input, output, progress)) {
      return run.run(this, producer);
    }
  }

  /** Starts it; a file that it was given goes before {@code standardInput}. */
  ChildProcess start(Fd standardInput, Fd standardOutput, Fd errors) {
    List<String> argv = new ArrayList<>(arguments.size() + 1);
    argv.add(program);
    argv.addAll(arguments);
    Fd in = inputFile == null ? standardInput : inputFile;
    return launcher.start(argv, environment, in, standardOutput, errors);
  }

  String program() {
    return program;
  }
}
