package io.guestfs.protocol.xdr;

/**
 * Bytes that are not the XDR that was expected, or a value that does not fit where it is written.
 *
 * <p>The message names the item, its offset from the start of the structure, and what was seen.
 */
public final class XdrException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Describes one bad item.
   *
   * @param item what was read or written, for instance {@code "string"}
   * @param offset bytes from the start of the structure to the item
   * @param problem what was seen, and what was allowed
   */
  public XdrException(String item, int offset, String problem) {
    super(item + " at offset " + offset + ": " + problem);
  }
}
