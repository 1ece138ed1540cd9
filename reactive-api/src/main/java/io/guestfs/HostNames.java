package io.guestfs;

import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Names of the host, which are bytes too, but which Java knows as text only. */
final class HostNames {

  private HostNames() {}

  /**
   * A name as text.
   *
   * @param name a relative path, or what a symbolic link says
   * @param file the file whose name it is, for the message
   * @throws FileSystemException when it is not text in the encoding of the host, so that it would
   *     become another name on its way
   */
  static String text(Path name, Path file) throws FileSystemException {
    String text = name.toString();
    if (!isSame(text, name)) {
      throw new FileSystemException(
          file.toString(), null, "a name or link that is not text on this host cannot be copied");
    }
    return text;
  }

  /**
   * Text as what a symbolic link says.
   *
   * @param link the link, for the message
   * @throws FileSystemException when it cannot say that on this host
   */
  static Path path(Path link, String text) throws FileSystemException {
    try {
      return link.getFileSystem().getPath(text);
    } catch (InvalidPathException e) {
      throw new FileSystemException(
          link.toString(), null, "what the link says in the guest is not text on this host");
    }
  }

  private static boolean isSame(String text, Path name) {
    try {
      return name.getFileSystem().getPath(text).equals(name);
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
