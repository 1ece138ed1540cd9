package io.guestfs.daemon.initrd;

import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Collects the names of the members, within bounds. */
final class MemberNames implements CpioVisitor {
  private final int limit;
  private final List<String> names = new ArrayList<>();
  private int length;

  MemberNames(int limit) {
    this.limit = limit;
  }

  @Override
  public void member(CpioMember member) {
    length += Integer.BYTES + member.name().length();
    if (length > limit) {
      throw new CallException(
          Errno.E2BIG, "the names in this initrd do not fit into a message of " + limit + " bytes");
    }
    names.add(member.name());
  }

  @Override
  public void content(ByteBuffer piece) {}

  List<String> list() {
    return names;
  }
}
