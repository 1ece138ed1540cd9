package io.guestfs.daemon.executable;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.daemon.initrd.Initrd;
import io.guestfs.daemon.initrd.Packing;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.tool.ToolResult;
import java.nio.ByteBuffer;

/**
 * Finds the processor that a file is for: a program, packed or not, or an initial RAM disk with
 * programs in it.
 */
public final class FileArchitecture {
  private final Fd file;

  private FileArchitecture(Fd file) {
    this.file = file;
  }

  /** The name of the processor that an open regular file is for. */
  public static String of(Fd file) {
    try {
      new FileArchitecture(file).search();
    } catch (Found found) {
      return found.architecture();
    } catch (CallException e) {
      // What is no initial RAM disk is no program either.
      if (!e.is(Errno.EINVAL)) {
        throw e;
      }
    }
    throw new CallException(
        Errno.EINVAL,
        file.name() + ": neither a program nor an initial RAM disk of a known processor");
  }

  private void search() {
    ByteBuffer head = ByteBuffer.allocateDirect(ProgramHeader.SIZE);
    file.pread(head, 0);
    Found.ifKnown(head.flip());
    Packing packing = Packing.of(head);
    if (packing != null) {
      searchPacked(packing);
    }
    new Initrd(file).visit(new ProgramSearch());
  }

  /** Looks at the beginning only. */
  private void searchPacked(Packing packing) {
    file.seek(0);
    PackedHead head = new PackedHead();
    ToolResult result;
    try {
      result = packing.unpacker().input(file).output(head).attempt();
    } catch (PackedHead.Full e) {
      return;
    }
    Found.ifKnown(head.content());
    if (!result.status().isSuccess()) {
      throw result.failure();
    }
  }
}
