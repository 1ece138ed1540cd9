package io.guestfs.protocol.call;

import io.guestfs.protocol.xdr.XdrReader;
import io.guestfs.protocol.xdr.XdrWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * A structure: its fields, and how its record is made and taken apart. Subclasses are generated.
 *
 * @param <T> the record
 */
public abstract class StructType<T> {

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

  /** Makes a record of the values of its fields. */
  protected abstract T create(Object[] values);

  /** The values of the fields of a record. */
  protected abstract Object[] values(T struct);

  final T read(XdrReader in) {
    Object[] values = new Object[fields.length];
    for (int i = 0; i < fields.length; i++) {
      values[i] = fields[i].read(in);
    }
    return create(values);
  }

  final void write(XdrWriter out, T struct) {
    Object[] values = values(struct);
    for (int i = 0; i < fields.length; i++) {
      fields[i].write(out, values[i]);
    }
  }

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
    for (T struct : list) {
      write(out, struct);
    }
  }

  private static int smallestSize(FieldType field) {
    return switch (field) {
      case UUID -> 32;
      case INT64, UINT64, BYTES -> 8;
      default -> 4;
    };
  }
}
