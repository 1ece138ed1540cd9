package io.guestfs.protocol.frame;

import java.util.HashMap;
import java.util.Map;

/** The errors of {@link MessageError} by the numbers of Linux, the same on x86-64 and aarch64. */
public final class ErrorNumbers {

  private static final String NOT_USED = "-";

  /** In the order of their numbers, from 1 on. */
  private static final String NAMES =
      """
          EPERM ENOENT ESRCH EINTR EIO ENXIO E2BIG ENOEXEC EBADF ECHILD EAGAIN ENOMEM EACCES
          EFAULT ENOTBLK EBUSY EEXIST EXDEV ENODEV ENOTDIR EISDIR EINVAL ENFILE EMFILE ENOTTY
          ETXTBSY EFBIG ENOSPC ESPIPE EROFS EMLINK EPIPE EDOM ERANGE EDEADLK ENAMETOOLONG ENOLCK
          ENOSYS ENOTEMPTY ELOOP - ENOMSG EIDRM ECHRNG EL2NSYNC EL3HLT EL3RST ELNRNG EUNATCH
          ENOCSI EL2HLT EBADE EBADR EXFULL ENOANO EBADRQC EBADSLT - EBFONT ENOSTR ENODATA ETIME
          ENOSR ENONET ENOPKG EREMOTE ENOLINK EADV ESRMNT ECOMM EPROTO EMULTIHOP EDOTDOT EBADMSG
          EOVERFLOW ENOTUNIQ EBADFD EREMCHG ELIBACC ELIBBAD ELIBSCN ELIBMAX ELIBEXEC EILSEQ
          ERESTART ESTRPIPE EUSERS ENOTSOCK EDESTADDRREQ EMSGSIZE EPROTOTYPE ENOPROTOOPT
          EPROTONOSUPPORT ESOCKTNOSUPPORT ENOTSUP EPFNOSUPPORT EAFNOSUPPORT EADDRINUSE
          EADDRNOTAVAIL ENETDOWN ENETUNREACH ENETRESET ECONNABORTED ECONNRESET ENOBUFS EISCONN
          ENOTCONN ESHUTDOWN ETOOMANYREFS ETIMEDOUT ECONNREFUSED EHOSTDOWN EHOSTUNREACH EALREADY
          EINPROGRESS ESTALE EUCLEAN ENOTNAM ENAVAIL EISNAM EREMOTEIO EDQUOT ENOMEDIUM EMEDIUMTYPE
          ECANCELED ENOKEY EKEYEXPIRED EKEYREVOKED EKEYREJECTED EOWNERDEAD ENOTRECOVERABLE ERFKILL
          EHWPOISON
      """;

  private static final Map<String, String> SYNONYMS =
      Map.of("EWOULDBLOCK", "EAGAIN", "EDEADLOCK", "EDEADLK", "EOPNOTSUPP", "ENOTSUP");

  private static final Map<String, Integer> BY_NAME = byName();

  private ErrorNumbers() {}

  /**
   * The number of an error.
   *
   * @param name as it travels, such as {@code "ENOENT"}
   * @return its number; 0 for the empty name, which stands for no error of the system; that of
   *     {@code EINVAL} for a name that Linux does not have, as libguestfs does it
   */
  public static int of(String name) {
    return name.isEmpty() ? 0 : BY_NAME.getOrDefault(name, BY_NAME.getOrDefault("EINVAL", 0));
  }

  /** Whether Linux has an error of this name. */
  public static boolean isName(String name) {
    return BY_NAME.containsKey(name);
  }

  private static Map<String, Integer> byName() {
    Map<String, Integer> numbers = new HashMap<>();
    int number = 0;
    for (String name : NAMES.strip().split("\\s+")) {
      number++;
      if (!name.equals(NOT_USED)) {
        numbers.put(name, number);
      }
    }
    SYNONYMS.forEach((synonym, name) -> numbers.put(synonym, numbers.get(name)));
    return Map.copyOf(numbers);
  }
}
