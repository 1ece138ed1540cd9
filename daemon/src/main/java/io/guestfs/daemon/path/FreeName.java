package io.guestfs.daemon.path;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.KernelRandom;
import java.util.function.Consumer;

/** Names that nothing has yet, with six random characters in place of {@code XXXXXX}. */
public final class FreeName {
  /** What a template ends with. */
  public static final String PLACEHOLDER = "XXXXXX";

  private static final String CHARACTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final int ATTEMPTS_MAX = 100;

  private FreeName() {}

  /**
   * Tries names until one was free.
   *
   * @param template the name, which ends with the placeholder
   * @param suffix what follows the random part
   * @param maker makes the file, and fails with EEXIST when the name is taken
   * @return the name that was free
   */
  public static String make(String template, String suffix, Consumer<String> maker) {
    if (!template.endsWith(PLACEHOLDER)) {
      throw new CallException(
          Errno.EINVAL, "'" + template + "': a template ends with " + PLACEHOLDER);
    }
    String prefix = template.substring(0, template.length() - PLACEHOLDER.length());
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      String name = prefix + random() + suffix;
      try {
        maker.accept(name);
        return name;
      } catch (CallException e) {
        if (!e.is(Errno.EEXIST)) {
          throw e;
        }
      }
    }
    throw CallException.failed(template, Errno.EEXIST);
  }

  private static String random() {
    long number = KernelRandom.nextLong();
    StringBuilder characters = new StringBuilder();
    for (int i = 0; i < PLACEHOLDER.length(); i++) {
      int digit = (int) Long.remainderUnsigned(number, CHARACTERS.length());
      characters.append(CHARACTERS.charAt(digit));
      number = Long.divideUnsigned(number, CHARACTERS.length());
    }
    return characters.toString();
  }
}
