package io.guestfs.daemon.linux;

/**
 * What the kernel says that it is, as {@code uname(2)} gives it.
 *
 * @param system the name of the system, {@code Linux}
 * @param release the release of the kernel
 * @param version the build of the kernel
 * @param machine the architecture
 */
public record SystemName(String system, String release, String version, String machine) {
  private static final int FIELD_SIZE = 65;
  private static final int FIELDS = 6;

  public static SystemName get() {
    Scratch scratch = Scratch.take();
    int offset = scratch.reserve(FIELDS * FIELD_SIZE);
    long result = Syscall.call(scratch, Syscall.UNAME, scratch.address(offset), 0, 0, 0, 0);
    Syscall.check(result, "uname", "");
    return new SystemName(
        field(scratch, offset, 0),
        // The second is the name of the machine in its network.
        field(scratch, offset, 2),
        field(scratch, offset, 3),
        field(scratch, offset, 4));
  }

  private static String field(Scratch scratch, int structure, int number) {
    int start = structure + number * FIELD_SIZE;
    int length = 0;
    while (scratch.memory().get(start + length) != 0) {
      length++;
    }
    return scratch.text(start, length);
  }
}
