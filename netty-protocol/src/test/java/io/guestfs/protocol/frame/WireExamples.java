package io.guestfs.protocol.frame;

/** Frames as they are on the wire, length word or flag included, written out by hand. */
final class WireExamples {

  /** {@code ping_daemon}, number 92, serial 0x00123400. */
  static final String PING_CALL =
      """
      00000028
      2000F5F5 00000004 0000005C 00000000 00123400 0000000000000000 0000000000000000 00000000
      """;

  static final String PING_REPLY =
      """
      00000028
      2000F5F5 00000004 0000005C 00000001 00123400 0000000000000000 0000000000000000 00000000
      """;

  /** {@code mkdir "/tmp/x"}, number 32. */
  static final String MKDIR_CALL =
      """
      00000034
      2000F5F5 00000004 00000020 00000000 00123401 0000000000000000 0000000000000000 00000000
      00000006 2F746D702F780000
      """;

  /** {@code EEXIST}, "mkdir: /tmp/x: File exists". */
  static final String MKDIR_ERROR =
      """
      00000054
      2000F5F5 00000004 00000020 00000001 00123401 0000000000000000 0000000000000000 00000001
      00000006 4545584953540000
      0000001A 6D6B6469723A202F746D702F783A2046696C65206578697374730000
      """;

  /** {@code mkfs "ext4" "/dev/sda1" label:boot}, number 278, with only option 4 of five. */
  static final String MKFS_CALL =
      """
      00000058
      2000F5F5 00000004 00000116 00000000 00123402 0000000000000000 0000000000000010 00000000
      00000004 65787434
      00000009 2F6465762F73646131000000
      00000000 00000000 00000000 00000000
      00000004 626F6F74
      """;

  static final String CHUNK = "00000010 00000000 00000005 68656C6C 6F000000";

  static final String END_OF_FILE = "00000008 00000000 00000000";

  static final String CANCEL_CHUNK = "00000008 00000001 00000000";

  static final String LAUNCH = "F5F55FF5";

  static final String CANCEL = "FFFFEEEE";

  /** {@code upload}, number 66, at 5 of 2^32. */
  static final String PROGRESS = "FFFF5555 00000042 00123403 0000000000000005 0000000100000000";

  private WireExamples() {}
}
