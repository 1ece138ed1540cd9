package io.guestfs;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Holds a download in memory, within bounds. */
final class WholeContent {

  /** The most that a call which gives whole content or a whole list holds, in bytes. */
  static final int MAX = 64 * 1024 * 1024;

  private WholeContent() {}

  /**
   * Collects a download.
   *
   * @param call for the message when there is too much
   * @param path likewise
   * @param alternative the call that has no bound
   */
  static Mono<byte[]> of(Flux<ByteBuffer> download, String call, String path, String alternative) {
    return download
        .collect(
            ByteArrayOutputStream::new,
            (whole, piece) -> {
              if (whole.size() + piece.remaining() > MAX) {
                throw new CallFailedException(
                    call,
                    "EFBIG",
                    "%s gives more than %d bytes; use %s, which streams"
                        .formatted(path, MAX, alternative));
              }
              whole.write(piece.array(), piece.arrayOffset() + piece.position(), piece.remaining());
            })
        .map(ByteArrayOutputStream::toByteArray);
  }
}
