package io.guestfs.daemon.filesystem;

import io.guestfs.calls.value.Device;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.linux.ExitStatus;
import io.guestfs.daemon.tool.OutputTail;
import io.guestfs.daemon.tool.Tool;
import io.guestfs.daemon.tool.ToolResult;

/** Checks ext file systems. */
public final class E2fsck {
  /** How questions are answered. */
  public enum Answers {
    /** What is safe is done, and where something is not, the check ends. */
    SAFE("-p"),
    YES("-y"),
    NO("-n");

    private final String option;

    Answers(String option) {
      this.option = option;
    }
  }

  private static final int CORRECTED = 1;

  private E2fsck() {}

  /** Checks all of it, and fails when errors are left. */
  public static void run(Device device, Answers answers) {
    OutputTail output = new OutputTail();
    ToolResult result =
        Tool.of("e2fsck", "-f", answers.option, device.name()).output(output).attempt();
    ExitStatus status = result.status();
    if (status.isSignalled() || status.code() > CORRECTED) {
      // What it found is output, and that it gave up is an error.
      throw new CallException("e2fsck: " + (output.text() + "\n" + result.errors()).strip());
    }
  }

  /** As programs demand it that are about to move everything; a mounted one cannot be checked. */
  public static void runUnlessInUse(Device device) {
    if (!FreshDevice.isInUse(device)) {
      run(device, Answers.SAFE);
    }
  }
}
