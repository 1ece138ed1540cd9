package io.guestfs.daemon.initrd;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Collects the content of one member, within bounds. Of several members of that name the last
 * counts, as it does when an archive is unpacked.
 */
final class MemberContent implements CpioVisitor {
  private final String name;
  private final int limit;
  private @Nullable CpioMember wanted;
  private byte[] content = {};
  private int filled;
  private boolean isWanted;

  MemberContent(String name, int limit) {
    this.name = name;
    this.limit = limit;
  }

  @Override
  public void member(CpioMember member) {
    boolean named = member.name().equals(name);
    // The content of a file with several names comes with one of them, which may be another.
    isWanted = named || (wanted != null && member.size() > 0 && wanted.isSameFile(member));
    if (isWanted) {
      if (member.size() >= limit) {
        throw new CallException(
            Errno.E2BIG, name + ": does not fit into a message of " + limit + " bytes");
      }
      content = new byte[(int) member.size()];
      filled = 0;
    }
    if (named) {
      wanted = member;
    }
  }

  @Override
  public void content(ByteBuffer piece) {
    if (isWanted) {
      int count = piece.remaining();
      piece.get(content, filled, count);
      filled += count;
    }
  }

  byte[] get() {
    if (wanted == null) {
      throw CallException.failed(name, Errno.ENOENT);
    }
    if (wanted.isDirectory()) {
      throw CallException.failed(name, Errno.EISDIR);
    }
    return content;
  }
}
