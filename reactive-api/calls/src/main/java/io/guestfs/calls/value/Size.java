package io.guestfs.calls.value;

/**
 * A number of bytes that is given with its unit, since plain calls differ in theirs: some take
 * bytes, some megabytes of 2²⁰ bytes, some sectors.
 *
 * @param bytes not negative
 */
public record Size(long bytes) implements Comparable<Size> {

  private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB"};
  private static final int UNIT_BITS = 10;

  /**
   * A size in bytes.
   *
   * @throws IllegalArgumentException when it is negative
   */
  public Size {
    if (bytes < 0) {
      throw new IllegalArgumentException("a size of " + bytes + " bytes is not possible");
    }
  }

  /** So many bytes. */
  public static Size ofBytes(long count) {
    return new Size(count);
  }

  /** So many times 2¹⁰ bytes. */
  public static Size ofKibibytes(long count) {
    return times(count, UNIT_BITS);
  }

  /** So many times 2²⁰ bytes. */
  public static Size ofMebibytes(long count) {
    return times(count, 2 * UNIT_BITS);
  }

  /** So many times 2³⁰ bytes. */
  public static Size ofGibibytes(long count) {
    return times(count, 3 * UNIT_BITS);
  }

  /** So many times 2⁴⁰ bytes. */
  public static Size ofTebibytes(long count) {
    return times(count, 4 * UNIT_BITS);
  }

  private static Size times(long count, int bits) {
    if (count < 0 || count > Long.MAX_VALUE >>> bits) {
      throw new IllegalArgumentException(count + " · 2^" + bits + " bytes are not possible");
    }
    return new Size(count << bits);
  }

  /**
   * How many of a unit it is.
   *
   * @param unit not of no bytes
   * @throws IllegalArgumentException when it is not a whole number of them
   */
  public long in(Size unit) {
    if (unit.bytes == 0 || bytes % unit.bytes != 0) {
      throw new IllegalArgumentException(this + " is not a whole number of units of " + unit);
    }
    return bytes / unit.bytes;
  }

  /**
   * The number of units of 2²⁰ bytes, which plain calls name megabytes.
   *
   * @throws IllegalArgumentException when it is not a whole number, or too many for those calls
   */
  public int mebibytes() {
    long count = in(ofMebibytes(1));
    if (count > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(this + ": at most " + Integer.MAX_VALUE + " MiB can be");
    }
    return (int) count;
  }

  @Override
  public int compareTo(Size other) {
    return Long.compare(bytes, other.bytes);
  }

  /** In the largest unit of which it is a whole number. */
  @Override
  public String toString() {
    int unit = bytes == 0 ? 0 : Long.numberOfTrailingZeros(bytes) / UNIT_BITS;
    unit = Math.min(unit, UNITS.length - 1);
    return (bytes >>> (unit * UNIT_BITS)) + " " + UNITS[unit];
  }
}
