package io.guestfs.daemon.root;

import io.guestfs.daemon.linux.Directory;

/** A name in an open directory, whether or not there is a file of that name. */
public record Entry(Directory directory, String name) implements AutoCloseable {
  @Override
  public void close() {
    directory.close();
  }
}
