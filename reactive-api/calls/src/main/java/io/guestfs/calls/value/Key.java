package io.guestfs.calls.value;

import io.guestfs.protocol.call.Secret;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A passphrase. It is sent with every subscription to a call that was given it, until it is {@link
 * #close closed}; it stands in no log, trace or error, and what the library encodes of it is wiped
 * as soon as it was written.
 */
public final class Key implements Secret, AutoCloseable {

  /** The most bytes that a key may have. */
  public static final int MAX_LENGTH = 16 * 1024;

  /** At most, in UTF-8; a surrogate pair has four for its two. */
  private static final int BYTES_PER_CHARACTER = 3;

  private static final String TOO_LONG = "a key has at most " + MAX_LENGTH + " bytes";

  private byte @Nullable [] bytes;

  private Key(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * A passphrase of characters, which are encoded in UTF-8. The characters are copied: wipe them.
   *
   * @throws IllegalArgumentException when it holds a NUL or half of a surrogate pair, or is longer
   *     than {@value #MAX_LENGTH} bytes
   */
  public static Key of(char[] passphrase) {
    if (passphrase.length > MAX_LENGTH) {
      throw new IllegalArgumentException(TOO_LONG);
    }
    // Large enough for any, so that it is the only copy.
    byte[] encoded = new byte[passphrase.length * BYTES_PER_CHARACTER];
    try {
      ByteBuffer out = ByteBuffer.wrap(encoded);
      CoderResult result =
          StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(passphrase), out, true);
      if (result.isError()) {
        throw new IllegalArgumentException("a passphrase holds half of a surrogate pair");
      }
      return of(Arrays.copyOf(encoded, out.position()));
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
  }

  /**
   * A key of bytes, such as the content of a key file. The bytes are copied: wipe them.
   *
   * @throws IllegalArgumentException when it holds a NUL or is longer than {@value #MAX_LENGTH}
   *     bytes
   */
  public static Key ofBytes(byte[] key) {
    return of(key.clone());
  }

  private static Key of(byte[] owned) {
    Key key = new Key(owned);
    String refusal = refusal(owned);
    if (refusal != null) {
      key.close();
      throw new IllegalArgumentException(refusal);
    }
    return key;
  }

  private static @Nullable String refusal(byte[] key) {
    if (key.length > MAX_LENGTH) {
      return TOO_LONG;
    }
    for (byte each : key) {
      if (each == 0) {
        return "a key cannot hold a NUL";
      }
    }
    return null;
  }

  @Override
  public synchronized byte[] bytes() {
    if (bytes == null) {
      throw new IllegalArgumentException("was closed");
    }
    return bytes.clone();
  }

  /** Wipes it. A call that was not sent yet fails; a second close does nothing. */
  @Override
  public synchronized void close() {
    if (bytes != null) {
      Arrays.fill(bytes, (byte) 0);
      bytes = null;
    }
  }

  /** Shows nothing of the key. */
  @Override
  public String toString() {
    return SHOWN;
  }
}
