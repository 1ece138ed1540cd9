package io.guestfs.protocol.call;

import io.guestfs.protocol.xdr.XdrReader;
import io.guestfs.protocol.xdr.XdrWriter;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an argument is in XDR and in Java. */
public enum ArgumentType {
  /** {@code string<>}, a {@link String}. */
  STRING,
  /** {@code string *}, a {@link String} or null. */
  OPTIONAL_STRING,
  /** {@code string<> <>}, a {@link List} of {@link String}. */
  STRING_LIST,
  /**
   * {@code string<> <>}, names of entries of a directory: written from a {@link List} of {@link
   * String}, and read as a list of {@code byte[]}, since all that is done with so many is to look
   * them up.
   */
  FILENAME_LIST,
  /** {@code bool}, a {@link Boolean}. */
  BOOL,
  /** {@code int}, an {@link Integer}. */
  INT,
  /** {@code hyper}, a {@link Long}. */
  INT64,
  /** {@code opaque<>}, a {@code byte[]}. */
  BUFFER,
  /** {@code string<>}, written from a {@link Secret} and read as a {@code byte[]}. */
  KEY;

  void write(XdrWriter out, @Nullable Object value) {
    if (this == OPTIONAL_STRING) {
      out.writeOptionalString((String) value);
      return;
    }
    if (value == null) {
      throw new IllegalArgumentException("must not be null");
    }
    switch (this) {
      case STRING -> out.writeString((String) value);
      case STRING_LIST, FILENAME_LIST -> out.writeStringList(strings(value));
      case BOOL -> out.writeBool((Boolean) value);
      case INT -> out.writeInt((Integer) value);
      case INT64 -> out.writeHyper((Long) value);
      case BUFFER -> out.writeOpaque((byte[]) value);
      case KEY -> writeSecret(out, (Secret) value);
      default -> throw new AssertionError(this);
    }
  }

  /** Writes what stands for an optional argument that was not given. */
  void writeAbsent(XdrWriter out) {
    switch (this) {
      case STRING, STRING_LIST, FILENAME_LIST, BOOL, INT, BUFFER, KEY, OPTIONAL_STRING ->
          out.writeInt(0);
      case INT64 -> out.writeHyper(0);
    }
  }

  @Nullable Object read(XdrReader in) {
    return switch (this) {
      case STRING -> in.readString(Integer.MAX_VALUE);
      case OPTIONAL_STRING -> in.readOptionalString(Integer.MAX_VALUE);
      case STRING_LIST -> in.readStringList(Integer.MAX_VALUE, Integer.MAX_VALUE);
      case FILENAME_LIST -> in.readOpaqueList(Integer.MAX_VALUE, Integer.MAX_VALUE);
      case BOOL -> in.readBool();
      case INT -> in.readInt();
      case INT64 -> in.readHyper();
      case BUFFER, KEY -> in.readOpaque(Integer.MAX_VALUE);
    };
  }

  /** A string and opaque data are the same on the wire; no {@link String} of it ever exists. */
  private static void writeSecret(XdrWriter out, Secret secret) {
    byte[] bytes = secret.bytes();
    try {
      out.writeOpaque(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  @SuppressWarnings("unchecked")
  private static List<String> strings(Object value) {
    return (List<String>) value;
  }
}
