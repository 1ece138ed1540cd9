package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import java.nio.ByteBuffer;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Running programs of the guest, with the guest's root as theirs. They run with the kernel and on
 * the processor of the appliance, and they see every disk that was added: run only what you would
 * run on those disks.
 */
@CallFamily
public interface CommandCalls {

  /**
   * Runs a program and gives what it prints to standard output.
   *
   * <p>A status other than zero is an error that carries what it printed to standard error. The
   * output has to fit into one message, 4 MiB.
   *
   * @param arguments the program, looked up in the usual folders of the guest, and its arguments
   */
  @Call(number = 50, name = "command", since = "1.9.1")
  Mono<String> command(List<String> arguments);

  /**
   * As {@link #command}, cut into lines, without their ends. What it prints after the last line end
   * is a line, too; empty lines count.
   */
  @Call(number = 51, name = "command_lines", since = "1.9.1")
  Flux<String> commandLines(List<String> arguments);

  /**
   * Runs a program and streams what it prints to standard output, of any length and content.
   *
   * <p>A status other than zero is an error that carries what it printed to standard error, or,
   * when output has come already, breaks the stream off with an error that cannot. Cancelling kills
   * the program.
   *
   * @param arguments as for {@link #command}
   */
  @Call(number = 516, name = "command_out", since = "1.55.6", progress = true)
  Flux<ByteBuffer> commandOut(List<String> arguments);

  /**
   * Runs a command line by the guest's {@code /bin/sh} and gives what it prints; for the rest see
   * {@link #command}.
   */
  @Call(number = 111, name = "sh", since = "1.0.50")
  Mono<String> sh(String command);

  /** As {@link #sh}, cut into lines as {@link #commandLines} does. */
  @Call(number = 112, name = "sh_lines", since = "1.0.50")
  Flux<String> shLines(String command);

  /** As {@link #sh}, streamed as {@link #commandOut} does. */
  @Call(number = 517, name = "sh_out", since = "1.55.6")
  Flux<ByteBuffer> shOut(String command);
}
