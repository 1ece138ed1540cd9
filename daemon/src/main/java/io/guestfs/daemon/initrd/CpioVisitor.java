package io.guestfs.daemon.initrd;

import java.nio.ByteBuffer;

/** Is shown what is in cpio archives. */
public interface CpioVisitor {
  /** The next file. */
  void member(CpioMember member);

  /** The next piece of the content of the file before; valid during the call. */
  void content(ByteBuffer piece);
}
