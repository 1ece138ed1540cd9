package io.guestfs.daemon.executable;

import io.guestfs.daemon.initrd.CpioMember;
import io.guestfs.daemon.initrd.CpioVisitor;
import java.nio.ByteBuffer;
import java.util.regex.Pattern;

/** Looks for a program in an initial RAM disk, until one is there that names its processor. */
final class ProgramSearch implements CpioVisitor {
  private static final Pattern PROGRAM = Pattern.compile("(\\./|/)?(usr/)?s?bin/[^/]+");

  private ByteBuffer head = ByteBuffer.allocate(0);

  @Override
  public void member(CpioMember member) {
    boolean wanted = member.isRegular() && PROGRAM.matcher(member.name()).matches();
    head = ByteBuffer.allocate(wanted ? (int) Math.min(member.size(), ProgramHeader.SIZE) : 0);
  }

  @Override
  public void content(ByteBuffer piece) {
    if (head.hasRemaining()) {
      head.put(piece.slice(piece.position(), Math.min(piece.remaining(), head.remaining())));
      if (!head.hasRemaining()) {
        Found.ifKnown(head.flip());
        head.position(head.limit());
      }
    }
  }
}
