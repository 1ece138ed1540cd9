package io.guestfs.protocol.call;

import io.guestfs.protocol.xdr.XdrWriter;
import java.util.AbstractList;
import java.util.Objects;

/**
 * Records of 64-bit numbers alone, kept as the numbers that they are on the wire: in a list of
 * thousands to make an object of each, only to take it apart, costs more than to find out what is
 * in it. Whoever asks for an element has it made.
 *
 * @param <T> the record
 */
public final class PackedStructs<T> extends AbstractList<T> {

  private final HyperStructType<T> type;
  private final long[] hypers;
  private int end;

  PackedStructs(HyperStructType<T> type, int most) {
    this.type = type;
    this.hypers = new long[Math.multiplyExact(type.size(), most)];
  }

  /**
   * Appends a record of zeroes.
   *
   * @return where its numbers are in {@link #hypers}, in the order of its components
   */
  public int append() {
    int start = end;
    end = Objects.checkFromIndexSize(start, type.size(), hypers.length) + type.size();
    return start;
  }

  /** The numbers of all records, to be filled in. */
  public long[] hypers() {
    return hypers;
  }

  @Override
  public int size() {
    return end / type.size();
  }

  @Override
  public T get(int index) {
    return type.get(hypers, Objects.checkIndex(index, size()) * type.size());
  }

  void write(XdrWriter out) {
    out.writeHypers(hypers, end);
  }
}
