package io.guestfs.protocol.call;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The optional arguments of a call, given or not. Subclasses are generated and add a method to set
 * and one to ask for each.
 */
public abstract class OptionValues {

  private final @Nullable Object[] values;

  /** Made by generated code only, which hands over the array. */
  protected OptionValues(@Nullable Object[] values) {
    this.values = values;
  }

  /** The value at a position, null when it was not given. */
  protected final @Nullable Object value(int position) {
    return values[position];
  }

  /** A copy of the values with one set. */
  protected final @Nullable Object[] with(int position, @Nullable Object value) {
    @Nullable Object[] copy = values.clone();
    copy[position] = value;
    return copy;
  }

  /** The bits of those that were given, as they stand in the header of the message. */
  public final long mask() {
    long mask = 0;
    for (int i = 0; i < values.length; i++) {
      if (values[i] != null) {
        mask |= 1L << i;
      }
    }
    return mask;
  }

  @Override
  @SuppressWarnings("EqualsGetClass") // options of different calls are never equal
  public final boolean equals(@Nullable Object other) {
    return other != null
        && other.getClass() == getClass()
        && Arrays.equals(((OptionValues) other).values, values);
  }

  @Override
  public final int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public final String toString() {
    return getClass().getSimpleName() + Arrays.toString(values);
  }
}
