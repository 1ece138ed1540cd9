package io.guestfs.protocol.call;

import java.util.OptionalDouble;

/** What a field of a structure is in XDR and in Java. */
public enum FieldType {
  /** One character in four bytes, a {@link Character}. */
  CHAR,
  /** A {@link String}. */
  STRING,
  /** The name of a device, a {@link String}. */
  DEVICE,
  /** {@code opaque<>}, a {@code byte[]}. */
  BUFFER,
  /** {@code opaque[32]}, a {@link String} of ASCII. */
  UUID,
  /** An {@link Integer}. */
  INT32,
  /** A {@link Long} from 0 to 2³²−1. */
  UINT32,
  /** A {@link Long}. */
  INT64,
  /** A {@link Long} that holds 64 unsigned bits. */
  UINT64,
  /** A {@link Long}, a number of bytes. */
  BYTES,
  /** A {@code float} of which −1 means absent, an {@link OptionalDouble}. */
  OPTIONAL_PERCENT;

  /** Whether it is a number of 64 bits on the wire. */
  public boolean isHyper() {
    return this == INT64 || this == UINT64 || this == BYTES;
  }
}
