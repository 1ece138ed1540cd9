package io.guestfs.protocol.call;

import io.guestfs.protocol.xdr.XdrWriter;
import java.util.List;

/**
 * A structure of 64-bit numbers alone, such as the status of a file. Lists of them are long, and
 * are written many numbers at once. Subclasses are generated.
 *
 * @param <T> the record
 */
public abstract class HyperStructType<T> extends StructType<T> {

  /** So many at once; the array is short enough for a small heap. */
  private static final int BATCH = 64;

  private final int size;

  /** Made by generated code only. */
  protected HyperStructType(String name, FieldType... fields) {
    super(name, fields);
    this.size = fields.length;
  }

  /**
   * An empty list.
   *
   * @param most how many records it may get
   */
  public final PackedStructs<T> packed(int most) {
    return new PackedStructs<>(this, most);
  }

  /** How many numbers a record has. */
  final int size() {
    return size;
  }

  /** Puts the fields of a record into an array, from {@code at} on. */
  protected abstract void put(T struct, long[] hypers, int at);

  /** Makes a record of the fields in an array, from {@code at} on. */
  protected abstract T get(long[] hypers, int at);

  @Override
  protected final void write(XdrWriter out, T struct) {
    writeAll(out, List.of(struct));
  }

  @Override
  final void writeAll(XdrWriter out, List<T> structs) {
    if (structs instanceof PackedStructs<T> packed) {
      packed.write(out);
      return;
    }
    long[] hypers = new long[size * Math.min(BATCH, structs.size())];
    int end = 0;
    for (T struct : structs) {
      put(struct, hypers, end);
      end += size;
      if (end == hypers.length) {
        out.writeHypers(hypers, end);
        end = 0;
      }
    }
    out.writeHypers(hypers, end);
  }
}
