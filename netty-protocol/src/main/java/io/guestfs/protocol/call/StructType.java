package io.guestfs.protocol.call;

import io.guestfs.protocol.xdr.GuestString;
import io.guestfs.protocol.xdr.XdrReader;
import io.guestfs.protocol.xdr.XdrWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A structure: its fields, and how its record is made and taken apart. Subclasses are generated.
 *
 * @param <T> the record
 */
public abstract class StructType<T> {

  private static final int UUID_LENGTH = 32;

  private final String name;
  private final FieldType[] fields;
  private final int smallestSize;

  /** Made by generated code only. */
  protected StructType(String name, FieldType... fields) {
    this.name = name;
    this.fields = fields;
    int size = 0;
    for (FieldType field : fields) {
      size += smallestSize(field);
    }
    this.smallestSize = size;
  }

  /** The name that libguestfs gives the structure. */
  public final String name() {
    return name;
  }

  /** The types of the fields in the order of the wire. */
  public final List<FieldType> fields() {
    return List.of(fields);
  }

  /** Reads the fields and makes a record of them. */
  protected abstract T read(XdrReader in);

  /** Writes the fields of a record. */
  protected abstract void write(XdrWriter out, T struct);

  final List<T> readList(XdrReader in) {
    int count = in.readCount(Integer.MAX_VALUE, smallestSize);
    List<T> list = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      list.add(read(in));
    }
    return list;
  }

  final void writeList(XdrWriter out, List<T> list) {
    out.writeInt(list.size());
    writeAll(out, list);
  }

  void writeAll(XdrWriter out, List<T> structs) {
    for (T struct : structs) {
      write(out, struct);
    }
  }

  /** Reads a {@link FieldType#CHAR}. */
  protected static char readChar(XdrReader in) {
    return (char) (in.readInt() & 0xff);
  }

  /** Reads a {@link FieldType#UUID}. */
  protected static String readUuid(XdrReader in) {
    return GuestString.decode(in.readFixedOpaque(UUID_LENGTH));
  }

  /** Writes a {@link FieldType#UUID}. */
  protected static void writeUuid(XdrWriter out, String uuid) {
    byte[] bytes = uuid.getBytes(StandardCharsets.US_ASCII);
    if (bytes.length != UUID_LENGTH) {
      throw new IllegalArgumentException("a UUID field has 32 characters, not " + bytes.length);
    }
    out.writeFixedOpaque(bytes);
  }

  /** Reads a {@link FieldType#OPTIONAL_PERCENT}. */
  protected static OptionalDouble readPercent(XdrReader in) {
    float percent = in.readFloat();
    return percent < 0 ? OptionalDouble.empty() : OptionalDouble.of(percent);
  }

  /** Writes a {@link FieldType#OPTIONAL_PERCENT}. */
  protected static void writePercent(XdrWriter out, OptionalDouble percent) {
    out.writeFloat((float) percent.orElse(-1));
  }

  private static int smallestSize(FieldType field) {
    if (field.isHyper()) {
      return Long.BYTES;
    }
    return field == FieldType.UUID ? UUID_LENGTH : Integer.BYTES;
  }
}
