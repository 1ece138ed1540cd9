package io.guestfs.protocol.call;

import io.guestfs.protocol.xdr.GuestString;
import io.guestfs.protocol.xdr.XdrReader;
import io.guestfs.protocol.xdr.XdrWriter;
import java.nio.charset.StandardCharsets;
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

  private static final int UUID_LENGTH = 32;

  void write(XdrWriter out, Object value) {
    switch (this) {
      case CHAR -> out.writeInt((Character) value);
      case STRING, DEVICE -> out.writeString((String) value);
      case BUFFER -> out.writeOpaque((byte[]) value);
      case UUID -> out.writeFixedOpaque(uuidBytes((String) value));
      case INT32 -> out.writeInt((Integer) value);
      case UINT32 -> out.writeInt((int) (long) (Long) value);
      case INT64, UINT64, BYTES -> out.writeHyper((Long) value);
      case OPTIONAL_PERCENT -> out.writeFloat((float) ((OptionalDouble) value).orElse(-1));
    }
  }

  Object read(XdrReader in) {
    return switch (this) {
      case CHAR -> (char) (in.readInt() & 0xff);
      case STRING, DEVICE -> in.readString(Integer.MAX_VALUE);
      case BUFFER -> in.readOpaque(Integer.MAX_VALUE);
      case UUID -> GuestString.decode(in.readFixedOpaque(UUID_LENGTH));
      case INT32 -> in.readInt();
      case UINT32 -> in.readUnsignedInt();
      case INT64, UINT64, BYTES -> in.readHyper();
      case OPTIONAL_PERCENT -> percent(in.readFloat());
    };
  }

  private static OptionalDouble percent(float value) {
    return value < 0 ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  private static byte[] uuidBytes(String uuid) {
    byte[] bytes = uuid.getBytes(StandardCharsets.US_ASCII);
    if (bytes.length != UUID_LENGTH) {
      throw new IllegalArgumentException("a UUID field has 32 characters, not " + bytes.length);
    }
    return bytes;
  }
}
