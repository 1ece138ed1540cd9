package io.guestfs.daemon.tool;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.linux.ExitStatus;
import io.guestfs.protocol.xdr.GuestString;

/** How a program ended and what it wrote. */
public final class ToolResult {
  private final String program;
  private final ExitStatus status;
  private final byte[] output;
  private final String errors;

  ToolResult(String program, ExitStatus status, byte[] output, String errors) {
    this.program = program;
    this.status = status;
    this.output = output;
    this.errors = errors;
  }

  public ExitStatus status() {
    return status;
  }

  /** Standard output, empty when it was streamed away. */
  public byte[] outputBytes() {
    return output;
  }

  /** Standard output as text. */
  public String output() {
    return GuestString.decode(output);
  }

  /** What it wrote to standard error, without the line break at the end. */
  public String errors() {
    return errors;
  }

  /** The error of a call that needed this program to succeed: its own words, if it had any. */
  public CallException failure() {
    return new CallException(program + ": " + (errors.isEmpty() ? status.description() : errors));
  }
}
