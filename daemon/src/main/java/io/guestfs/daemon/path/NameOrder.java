package io.guestfs.daemon.path;

import io.guestfs.protocol.xdr.GuestString;
import java.util.Arrays;
import java.util.Comparator;

/** The order of names in the C library, which compares bytes. */
public final class NameOrder {
  public static final Comparator<String> BY_BYTES =
      (a, b) -> Arrays.compareUnsigned(GuestString.encode(a), GuestString.encode(b));

  private NameOrder() {}
}
