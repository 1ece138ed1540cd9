package io.guestfs;

import io.guestfs.calls.StatNS;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Flux;

/**
 * Goes through a tree: one call for the names in a directory, and calls for the attributes of so
 * many of them. Each is made when its result is asked for, and none is open in between.
 */
final class TreeWalk {

  /** Stands for a file that has gone since it was listed. */
  private static final long ABSENT_INODE = -1;

  private final Guestfs guestfs;

  TreeWalk(Guestfs guestfs) {
    this.guestfs = guestfs;
  }

  /** All that is below a directory, each before what is in it. */
  Flux<TreeEntry> below(String directory) {
    // A level of a tree is one more name in a stack, and not one more operator around the others.
    return entries(directory)
        .expandDeep(entry -> entry.isDirectory() ? entriesIfThere(entry.path()) : Flux.empty());
  }

  private Flux<TreeEntry> entries(String directory) {
    return guestfs
        .ls(directory)
        .buffer(NameBatches.NAMES_PER_CALL)
        .concatMap(names -> entries(directory, names), 1);
  }

  /** A directory may go away, or be replaced, after it was listed. */
  private Flux<TreeEntry> entriesIfThere(String directory) {
    return entries(directory)
        .onErrorResume(
            CallFailedException.class,
            error -> error.isFileGone() ? Flux.empty() : Flux.error(error));
  }

  private Flux<TreeEntry> entries(String directory, List<String> names) {
    return guestfs
        .lstatnslist(directory, names)
        .collectList()
        .flatMapIterable(files -> entries(directory, names, files));
  }

  private static List<TreeEntry> entries(String directory, List<String> names, List<StatNS> files) {
    String prefix = directory.endsWith("/") ? directory : directory + "/";
    List<TreeEntry> entries = new ArrayList<>(names.size());
    for (int i = 0; i < Math.min(names.size(), files.size()); i++) {
      if (files.get(i).stIno() != ABSENT_INODE) {
        entries.add(new TreeEntry(prefix + names.get(i), files.get(i)));
      }
    }
    return entries;
  }
}
