package io.guestfs.protocol.call;

/** Whether file content follows the arguments or the result of a call. */
public enum Transfer {
  /** No file content. */
  NONE,
  /** Content follows the call (FileIn). */
  UPLOAD,
  /** Content follows a reply that is OK (FileOut). */
  DOWNLOAD
}
