package io.guestfs.daemon.handler;

import io.guestfs.calls.wire.CommandCallsHandler;
import io.guestfs.calls.wire.OutgoingFile;
import io.guestfs.calls.wire.Progress;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.root.GuestRoot;
import io.guestfs.daemon.text.Lines;
import io.guestfs.daemon.tool.Tool;
import java.util.List;

/** Serves the calls that run programs of the guest. */
public final class CommandHandler implements CommandCallsHandler {
  private final GuestRoot root;

  public CommandHandler(GuestRoot root) {
    this.root = root;
  }

  @Override
  public String command(List<String> arguments) {
    return program(arguments).run();
  }

  @Override
  public List<String> commandLines(List<String> arguments) {
    return Lines.of(command(arguments), arguments.get(0));
  }

  @Override
  public void commandOut(List<String> arguments, OutgoingFile file, Progress progress) {
    program(arguments).output(file).busy(progress).run();
  }

  @Override
  public String sh(String command) {
    return command(shell(command));
  }

  @Override
  public List<String> shLines(String command) {
    return commandLines(shell(command));
  }

  @Override
  public void shOut(String command, OutgoingFile file) {
    program(shell(command)).output(file).run();
  }

  private Tool program(List<String> arguments) {
    if (arguments.isEmpty()) {
      throw new CallException(Errno.EINVAL, "the list of arguments is empty");
    }
    return Tool.ofGuest(root, arguments.get(0), arguments.subList(1, arguments.size()));
  }

  private static List<String> shell(String command) {
    return List.of("/bin/sh", "-c", command);
  }
}
