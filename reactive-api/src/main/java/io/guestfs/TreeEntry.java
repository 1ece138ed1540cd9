package io.guestfs;

import io.guestfs.calls.StatNS;

/**
 * Something in a tree of the guest, as {@link Guestfs#walk} finds it.
 *
 * @param path its path in the guest
 * @param stat its attributes; of a symbolic link, its own
 */
public record TreeEntry(String path, StatNS stat) {

  private static final long TYPE_MASK = 0170000;
  private static final long DIRECTORY = 0040000;

  /**
   * Whether it is a directory, of which what is in it comes next.
   *
   * @return false for a symbolic link, wherever it leads
   */
  public boolean isDirectory() {
    return (stat.stMode() & TYPE_MASK) == DIRECTORY;
  }
}
