package io.guestfs.daemon.control;

import io.guestfs.daemon.linux.Clock;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.linux.KernelRandom;
import io.guestfs.daemon.linux.OpenFlags;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * What a copy of a saved machine does not have in common with the others. The files are open from
 * before the machine is saved on, since to open them would be part of each launch.
 */
final class Identity {
  private static final String ID_FILE = "/run/clone-id";

  private final KernelRandom random = new KernelRandom();
  private final Fd id = Fd.open(ID_FILE, OpenFlags.O_WRONLY | OpenFlags.O_CREAT, 0444);

  /** Takes over the time, the entropy and the name, all of which are the same length each time. */
  void become(Wake wake) {
    Clock.set(wake.seconds(), wake.nanos());
    random.reseed(HexFormat.of().parseHex(wake.seed()));
    byte[] text = (wake.id() + "\n").getBytes(StandardCharsets.US_ASCII);
    id.pwrite(ByteBuffer.allocateDirect(text.length).put(text).flip(), 0);
  }
}
