package io.guestfs.protocol.frame;

/** Numbers that both sides of the libguestfs protocol agree on. */
public final class ProtocolConstants {

  /** Program number in every {@link MessageHeader}. */
  public static final int PROGRAM = 0x2000F5F5;

  /** Protocol version in every {@link MessageHeader}. */
  public static final int VERSION = 4;

  /** Largest message, in bytes, without the length word before it. */
  public static final int MESSAGE_MAX = 4 * 1024 * 1024;

  /** Most file content in one {@link Chunk}, in bytes. */
  public static final int CHUNK_MAX = 8192;

  /** Longest name of an error in {@link MessageError}, in bytes. */
  public static final int ERRNO_MAX = 32;

  /** Longest text of an error in {@link MessageError}, in bytes. */
  public static final int ERROR_MAX = 65536;

  /**
   * Sent once by a daemon that is up. This word and the two below take the place of a length; they
   * are larger than any length.
   */
  public static final int LAUNCH_FLAG = 0xF5F55FF5;

  /** Sent by the receiver of chunks that wants no more of them. */
  public static final int CANCEL_FLAG = 0xFFFFEEEE;

  /** Sent by the daemon before {@link Frame.Progress#SIZE} bytes of progress. */
  public static final int PROGRESS_FLAG = 0xFFFF5555;

  private ProtocolConstants() {}
}
