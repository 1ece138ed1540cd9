package io.guestfs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Files and channels of the host as sources of uploads and sinks of downloads. What blocks happens
 * on {@link Schedulers#boundedElastic}, never on an event loop; a few pieces at most are held in
 * memory.
 */
public final class HostFiles {

  /** The size of the pieces that are read, in bytes. */
  static final int PIECE = 256 * 1024;

  /** Pieces of a download that may wait to be written. */
  private static final int AHEAD = 16;

  private HostFiles() {}

  /**
   * Reads a file.
   *
   * @param file opened anew by each subscription
   * @return its content, as it is asked for; an {@link IOException} when it cannot be read.
   *     Cancelling closes the file
   */
  public static Flux<ByteBuffer> read(Path file) {
    return read(() -> FileChannel.open(file, StandardOpenOption.READ));
  }

  /**
   * Reads a channel to its end. For an {@code InputStream} there is {@code Channels.newChannel}.
   *
   * @param opening called by each subscription, where blocking is allowed
   * @return what the channel gives, as it is asked for; the error of opening or reading it. The
   *     channel is closed in the end, also after cancelling
   */
  public static Flux<ByteBuffer> read(Callable<? extends ReadableByteChannel> opening) {
    // The state of generate() is cleaned up after the step that runs when a cancel comes.
    return Flux.<ByteBuffer, ReadableByteChannel>generate(
            opening::call,
            (channel, sink) -> {
              try {
                ByteBuffer piece = ByteBuffer.allocate(PIECE);
                if (channel.read(piece) < 0) {
                  sink.complete();
                } else {
                  sink.next(piece.flip());
                }
              } catch (IOException e) {
                sink.error(e);
              }
              return channel;
            },
            HostFiles::close)
        .subscribeOn(Schedulers.boundedElastic());
  }

  /**
   * Writes a file, which is made or replaced.
   *
   * @param content what is written
   * @param file where
   * @return completes when all is written and the file is closed; the error of the content or of
   *     the file. After an error or cancel what was written stays
   */
  public static Mono<Void> write(Publisher<ByteBuffer> content, Path file) {
    return write(
        content,
        () ->
            FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE));
  }

  /**
   * Writes to a channel. For an {@code OutputStream} there is {@code Channels.newChannel}.
   *
   * @param content what is written; asked for as it is written
   * @param opening called by each subscription, where blocking is allowed
   * @return completes when all is written and the channel is closed; the error of the content or of
   *     the channel. Cancelling closes the channel
   */
  public static Mono<Void> write(
      Publisher<ByteBuffer> content, Callable<? extends WritableByteChannel> opening) {
    Scheduler blocking = Schedulers.boundedElastic();
    return Flux.usingWhen(
            Mono.<WritableByteChannel>fromCallable(opening).subscribeOn(blocking),
            channel ->
                Flux.from(content)
                    .publishOn(blocking, AHEAD)
                    .doOnNext(piece -> writeFully(channel, piece)),
            channel -> Mono.fromRunnable(() -> close(channel)).subscribeOn(blocking))
        .then();
  }

  /**
   * The path in a folder of the host for a name of a guest.
   *
   * @param folder where the name is to be
   * @param name one component of a path in a guest
   * @return the path, directly in the folder
   * @throws IllegalArgumentException when the host cannot carry the name, because it is not text in
   *     the encoding of the host, or when it would lead out of the folder
   */
  public static Path resolve(Path folder, String name) {
    if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('/') >= 0) {
      throw new IllegalArgumentException("'" + name + "' is not the name of a file");
    }
    try {
      return folder.resolve(name);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          "the file name '%s' of the guest is not text on this host; choose another name to copy to"
              .formatted(name),
          e);
    }
  }

  private static void writeFully(WritableByteChannel channel, ByteBuffer piece) {
    try {
      while (piece.hasRemaining()) {
        channel.write(piece);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void close(Channel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
