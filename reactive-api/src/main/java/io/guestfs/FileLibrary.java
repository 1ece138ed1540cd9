package io.guestfs;

import io.guestfs.calls.InternalCalls;
import io.guestfs.calls.TransferCalls;
import io.guestfs.protocol.frame.ProtocolConstants;
import io.guestfs.protocol.xdr.GuestString;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The content of files in one piece, by transfers. */
final class FileLibrary implements FileCallsLibrary {

  /**
   * Content up to this size goes in one message. The daemon holds a message in memory, and the
   * content once more; what is larger is faster as a stream.
   */
  static final int INLINE_MAX = 256 * 1024;

  /** What is appended cannot be streamed. The rest of the message is room for head and path. */
  static final int APPENDED_MAX = ProtocolConstants.MESSAGE_MAX - 64 * 1024;

  private final TransferCalls transfers;
  private final InternalCalls internals;

  FileLibrary(TransferCalls transfers, InternalCalls internals) {
    this.transfers = transfers;
    this.internals = internals;
  }

  @Override
  public Mono<String> cat(String path) {
    return whole("cat", path).map(GuestString::decode);
  }

  @Override
  public Mono<byte[]> readFile(String path) {
    return whole("read_file", path);
  }

  @Override
  public Flux<String> readLines(String path) {
    return whole("read_lines", path).flatMapIterable(FileLibrary::lines);
  }

  @Override
  public Mono<Void> write(String path, byte[] content) {
    return content.length <= INLINE_MAX
        ? internals.internalWrite(path, content)
        : transfers.upload(Mono.fromSupplier(() -> ByteBuffer.wrap(content)), inGuest(path));
  }

  @Override
  public Mono<Void> writeAppend(String path, byte[] content) {
    return content.length <= APPENDED_MAX
        ? internals.internalWriteAppend(path, content)
        : Flux.range(0, (content.length - 1) / APPENDED_MAX + 1)
            .concatMap(piece -> internals.internalWriteAppend(path, piece(content, piece)))
            .then();
  }

  private static byte[] piece(byte[] content, int number) {
    int start = number * APPENDED_MAX;
    return Arrays.copyOfRange(content, start, Math.min(content.length, start + APPENDED_MAX));
  }

  private Mono<byte[]> whole(String call, String path) {
    return WholeContent.of(transfers.download(inGuest(path)), call, path, "download");
  }

  /**
   * Where a transfer takes a device or a path, a path that looks like a device would be taken for
   * one. Here it is a path.
   */
  static String inGuest(String path) {
    return path.startsWith("/dev/") ? "/." + path : path;
  }

  private static List<String> lines(byte[] content) {
    if (content.length == 0) {
      return List.of();
    }
    String text = GuestString.decode(content);
    String[] lines =
        (text.endsWith("\n") ? text.substring(0, text.length() - 1) : text).split("\n", -1);
    return Arrays.stream(lines)
        .map(line -> line.endsWith("\r") ? line.substring(0, line.length() - 1) : line)
        .toList();
  }
}
