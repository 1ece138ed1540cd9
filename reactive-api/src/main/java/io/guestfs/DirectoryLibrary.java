package io.guestfs;

import io.guestfs.calls.DirectoryCalls;
import io.guestfs.calls.Dirent;
import io.guestfs.calls.InternalCalls;
import io.guestfs.calls.RetiredCalls;
import io.guestfs.calls.wire.DirentStruct;
import io.guestfs.protocol.call.ResultType;
import io.guestfs.protocol.xdr.GuestString;
import io.guestfs.protocol.xdr.XdrException;
import io.guestfs.protocol.xdr.XdrReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Lists that the daemon sends as streams, so that they may be longer than a message. Daemons of
 * libguestfs before 1.48.2 have no such stream for {@code readdir}.
 */
final class DirectoryLibrary implements DirectoryCallsLibrary {

  private static final ResultType<Dirent> DIRENT = ResultType.struct(DirentStruct.TYPE);

  private final DirectoryCalls calls;
  private final InternalCalls internals;
  private final RetiredCalls retired;

  DirectoryLibrary(DirectoryCalls calls, InternalCalls internals, RetiredCalls retired) {
    this.calls = calls;
    this.internals = internals;
    this.retired = retired;
  }

  @Override
  public Flux<String> ls(String directory) {
    return WholeContent.of(calls.ls0(directory), "ls", directory, "ls0")
        .flatMapIterable(DirectoryLibrary::sortedNames);
  }

  @Override
  public Flux<String> find(String directory) {
    return WholeContent.of(calls.find0(directory), "find", directory, "find0")
        .flatMapIterable(DirectoryLibrary::sortedNames)
        .map(DirectoryLibrary::relative);
  }

  /** Daemons of libguestfs put a slash before names below another directory than the root. */
  private static String relative(String name) {
    return name.startsWith("/") ? name.substring(1) : name;
  }

  @Override
  public Flux<Dirent> readdir(String dir) {
    return WholeContent.of(internals.internalReaddir(dir), "readdir", dir, "ls0")
        .map(DirectoryLibrary::entries)
        .onErrorResume(
            CallFailedException.class,
            error ->
                error.isUnknownProcedure() ? retired.readdir(dir).collectList() : Mono.error(error))
        .flatMapIterable(entries -> entries);
  }

  /** Names that each have a NUL behind them, in the order of their bytes. */
  private static List<String> sortedNames(byte[] content) {
    List<byte[]> names = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < content.length; i++) {
      if (content[i] == 0) {
        names.add(Arrays.copyOfRange(content, start, i));
        start = i + 1;
      }
    }
    names.sort(Arrays::compareUnsigned);
    return names.stream().map(GuestString::decode).toList();
  }

  private static List<Dirent> entries(byte[] content) {
    List<Dirent> entries = new ArrayList<>();
    ByteBuf in = Unpooled.wrappedBuffer(content);
    XdrReader reader = new XdrReader(in);
    try {
      while (in.isReadable()) {
        Dirent entry = DIRENT.read(reader);
        if (entry != null) {
          entries.add(entry);
        }
      }
    } catch (XdrException e) {
      throw new CallFailedException("readdir", "EPROTO", "bad entry: " + e.getMessage());
    }
    return entries;
  }
}
