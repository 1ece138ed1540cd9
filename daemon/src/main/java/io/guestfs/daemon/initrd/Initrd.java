package io.guestfs.daemon.initrd;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.tool.ToolResult;
import io.guestfs.protocol.frame.ProtocolConstants;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * An initial RAM disk in an open file. Archives that are not packed come first, those with
 * microcode for one, and one that may be packed is the last.
 */
public final class Initrd {
  private static final int PIECE_SIZE = 64 * 1024;

  private final Fd file;
  private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_SIZE);

  /** The file stays the caller's to close. */
  public Initrd(Fd file) {
    this.file = file;
  }

  /** The names of all that is in it. */
  public List<String> names() {
    MemberNames names = new MemberNames(ProtocolConstants.MESSAGE_MAX);
    visit(names);
    return names.list();
  }

  /** The content of one file. */
  public byte[] content(String name) {
    MemberContent content = new MemberContent(name, ProtocolConstants.MESSAGE_MAX);
    visit(content);
    return content.get();
  }

  /**
   * Shows all that is in it.
   *
   * @throws CallException {@code EINVAL} when there is no archive, or one that is broken
   */
  public void visit(CpioVisitor visitor) {
    CpioStream archives = new CpioStream(visitor);
    boolean more = true;
    while (more && read(archives.position())) {
      archives.write(piece);
      more = !piece.hasRemaining();
    }
    requireEnd(archives);
    if (!more) {
      visitPacked(visitor, archives.position());
    } else if (archives.position() == 0) {
      throw new CallException(Errno.EINVAL, file.name() + ": is empty, and so is no initrd");
    }
  }

  private void visitPacked(CpioVisitor visitor, long offset) {
    read(offset);
    Packing packing = Packing.of(piece);
    if (packing == null) {
      throw new CallException(
          Errno.EINVAL,
          file.name() + ": from byte " + offset + " on, there is no archive of a known kind");
    }
    file.seek(offset);
    CpioStream archives = new CpioStream(visitor);
    ToolResult result = packing.unpacker().input(file).output(archives).attempt();
    // What follows the packed archive the program may not like, and the kernel does not look at.
    boolean isWhole = archives.position() > 0 && archives.isBetweenArchives();
    if (!result.status().isSuccess() && !isWhole) {
      throw result.failure();
    }
    if (archives.position() == 0) {
      throw new CallException(
          Errno.EINVAL, file.name() + ": what is packed in it is no archive of a known kind");
    }
    requireEnd(archives);
  }

  private void requireEnd(CpioStream archives) {
    if (!archives.isBetweenArchives()) {
      throw new CallException(Errno.EINVAL, file.name() + ": ends in the middle of an archive");
    }
  }

  private boolean read(long offset) {
    boolean more = file.pread(piece.clear(), offset) > 0;
    piece.flip();
    return more;
  }
}
