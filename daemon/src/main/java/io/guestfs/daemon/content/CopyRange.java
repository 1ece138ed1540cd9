package io.guestfs.daemon.content;

import io.guestfs.daemon.error.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a source is copied, and where to.
 *
 * @param from where in the source it begins, in bytes
 * @param to where in the destination it begins, in bytes
 * @param size its size in bytes, null for all that the source has
 * @param sparse whether pieces that are zero are skipped
 */
public record CopyRange(long from, long to, @Nullable Long size, boolean sparse) {
  /** All of a source. */
  public static final CopyRange ALL = new CopyRange(0, 0, null, false);

  /** A range of the optional arguments of a call, checked. */
  public static CopyRange of(
      @Nullable Long from, @Nullable Long to, @Nullable Long size, @Nullable Boolean sparse) {
    Arguments.requireNotNegative("srcoffset", from);
    Arguments.requireNotNegative("destoffset", to);
    Arguments.requireNotNegative("size", size);
    return new CopyRange(
        from == null ? 0 : from, to == null ? 0 : to, size, Boolean.TRUE.equals(sparse));
  }

  /** The first bytes of a source. */
  public static CopyRange first(long size) {
    Arguments.requireNotNegative("size", size);
    return new CopyRange(0, 0, size, false);
  }

  CopyRange atEndOf(long destination) {
    return new CopyRange(from, destination, size, sparse);
  }
}
