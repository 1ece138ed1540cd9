package io.guestfs.protocol.frame;

import io.guestfs.protocol.xdr.GuestString;
import io.guestfs.protocol.xdr.XdrException;
import io.guestfs.protocol.xdr.XdrReader;
import io.guestfs.protocol.xdr.XdrWriter;

/**
 * What a reply with {@link Status#ERROR} carries ({@code guestfs_message_error}).
 *
 * @param errnoName name of the error, such as {@code "ENOENT"}, or empty when there is none; at
 *     most {@link ProtocolConstants#ERRNO_MAX} bytes
 * @param message text for people; at most {@link ProtocolConstants#ERROR_MAX} bytes
 */
public record MessageError(String errnoName, String message) {

  /** No character takes more bytes than this; a pair of surrogates takes 4 for its two. */
  private static final int BYTES_PER_CHAR_MAX = 3;

  /**
   * An error whose text may be of any length and may contain NUL: what would not fit is cut off,
   * and NUL becomes a question mark, so that a failure can always be reported.
   *
   * @throws IllegalArgumentException if the text has a surrogate that {@link GuestString} refuses
   */
  public static MessageError abridged(String errnoName, String message) {
    String text = message.replace('\0', '?');
    if (GuestString.encodedLength(text) > ProtocolConstants.ERROR_MAX) {
      int end = ProtocolConstants.ERROR_MAX / BYTES_PER_CHAR_MAX;
      boolean inPair = Character.isHighSurrogate(text.charAt(end - 1));
      text = text.substring(0, inPair ? end - 1 : end);
    }
    return new MessageError(errnoName, text);
  }

  /**
   * Writes the error.
   *
   * @throws IllegalArgumentException if a string is too long or cannot be encoded; see {@link
   *     #abridged}
   */
  public void write(XdrWriter out) {
    out.writeString(requireAtMost(ProtocolConstants.ERRNO_MAX, errnoName));
    out.writeString(requireAtMost(ProtocolConstants.ERROR_MAX, message));
  }

  /**
   * Reads an error, which is all that is left of a message.
   *
   * @throws XdrException if it is cut short, over a limit, or followed by more
   */
  public static MessageError read(XdrReader in) {
    MessageError error =
        new MessageError(
            in.readString(ProtocolConstants.ERRNO_MAX), in.readString(ProtocolConstants.ERROR_MAX));
    in.finish();
    return error;
  }

  private static String requireAtMost(int max, String string) {
    int length = GuestString.encodedLength(string);
    if (length > max) {
      throw new IllegalArgumentException(
          "an error with a string of " + length + " bytes, at most " + max + " allowed");
    }
    return string;
  }
}
