package io.guestfs.protocol.xdr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.protocol.testing.BufferLeakExtension;
import io.guestfs.protocol.testing.HexBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every XDR item against bytes written out by hand from RFC 4506. */
@ExtendWith(BufferLeakExtension.class)
class XdrItemTests {

  private static final int MAX = 100;

  /** Stands before each item, so that no test passes only because an offset is 0. */
  private static final int BEFORE = 3;

  enum Colour {
    RED,
    YELLOW,
    BLUE
  }

  /** One value in both forms. */
  record Item(
      String name,
      String hex,
      @Nullable Object value,
      Consumer<XdrWriter> write,
      Function<XdrReader, @Nullable Object> read) {

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Item> items() {
    return Stream.of(numbers(), opaqueData(), strings()).flatMap(items -> items);
  }

  private static Stream<Item> numbers() {
    return Stream.of(
        integer(0, "00000000"),
        integer(1, "00000001"),
        integer(-1, "FFFFFFFF"),
        integer(Integer.MAX_VALUE, "7FFFFFFF"),
        integer(Integer.MIN_VALUE, "80000000"),
        new Item(
            "unsigned 2^32-1",
            "FFFFFFFF",
            0xFFFF_FFFFL,
            out -> out.writeInt(-1),
            XdrReader::readUnsignedInt),
        hyper(0, "00000000 00000000"),
        hyper(0x0123_4567_89AB_CDEFL, "01234567 89ABCDEF"),
        hyper(-1, "FFFFFFFF FFFFFFFF"),
        hyper(Long.MIN_VALUE, "80000000 00000000"),
        new Item(
            "two hypers of three",
            "00000000 00000001 FEDCBA98 76543210",
            List.of(1L, 0xFEDC_BA98_7654_3210L),
            out -> out.writeHypers(new long[] {1, 0xFEDC_BA98_7654_3210L, 3}, 2),
            in -> List.of(in.readHyper(), in.readHyper())),
        new Item("true", "00000001", true, out -> out.writeBool(true), XdrReader::readBool),
        new Item("false", "00000000", false, out -> out.writeBool(false), XdrReader::readBool),
        new Item(
            "enumeration",
            "00000002",
            Colour.BLUE,
            out -> out.writeEnum(Colour.BLUE),
            in -> in.readEnum("colour", Colour.values())),
        real(1.5f, "3FC00000"),
        real(-1f, "BF800000"),
        real(0f, "00000000"));
  }

  private static Stream<Item> opaqueData() {
    return Stream.of(
        opaque("", "00000000"),
        opaque("01", "00000001 01000000"),
        opaque("0102", "00000002 01020000"),
        opaque("010203", "00000003 01020300"),
        opaque("01020304", "00000004 01020304"),
        opaque("0102030405", "00000005 01020304 05000000"),
        fixed("", ""),
        fixed("FF", "FF000000"),
        fixed("FFFEFDFC", "FFFEFDFC"),
        fixed("FFFEFDFCFB", "FFFEFDFC FB000000"));
  }

  private static Stream<Item> strings() {
    return Stream.of(
        string("", "00000000"),
        string("/", "00000001 2F000000"),
        string("/dev/sda", "00000008 2F6465762F736461"),
        string("\u00E9", "00000002 C3A90000"),
        string("\uDCE9", "00000001 E9000000"),
        string("\uD83D\uDC27", "00000004 F09F90A7"),
        optional(null, "00000000"),
        optional("", "00000001 00000000"),
        optional("ext4", "00000001 00000004 65787434"),
        new Item(
            "list of opaque data",
            "00000002 00000001 2F000000 00000000",
            List.of("/", ""),
            out -> out.writeStringList(List.of("/", "")),
            in -> in.readOpaqueList(2, 1).stream().map(GuestString::decode).toList()),
        list(List.of(), "00000000"),
        list(List.of("a"), "00000001 00000001 61000000"),
        list(List.of("", "bc", ""), "00000003 00000000 00000002 62630000 00000000"));
  }

  @ParameterizedTest
  @MethodSource("items")
  void isWrittenToHeap(Item item, ByteBufAllocator allocator) {
    assertWritten(item, allocator.heapBuffer(BEFORE));
  }

  @ParameterizedTest
  @MethodSource("items")
  void isWrittenToDirectMemory(Item item, ByteBufAllocator allocator) {
    assertWritten(item, allocator.directBuffer(BEFORE));
  }

  private static void assertWritten(Item item, ByteBuf buffer) {
    buffer.writeZero(BEFORE);
    item.write.accept(new XdrWriter(buffer));
    assertThat(HexBytes.drain(buffer.skipBytes(BEFORE))).isEqualTo(HexBytes.bytes(item.hex));
  }

  @ParameterizedTest
  @MethodSource("items")
  void isReadFromHeap(Item item, ByteBufAllocator allocator) {
    assertRead(item, allocator.heapBuffer());
  }

  @ParameterizedTest
  @MethodSource("items")
  void isReadFromDirectMemory(Item item, ByteBufAllocator allocator) {
    assertRead(item, allocator.directBuffer());
  }

  private static void assertRead(Item item, ByteBuf buffer) {
    buffer.writeZero(BEFORE).writeBytes(HexBytes.bytes(item.hex)).skipBytes(BEFORE);
    try {
      XdrReader in = new XdrReader(buffer);
      assertThat(item.read.apply(in)).isEqualTo(item.value);
      in.finish();
    } finally {
      buffer.release();
    }
  }

  @ParameterizedTest
  @MethodSource("items")
  void isRefusedWhenCutShortAnywhere(Item item, ByteBufAllocator allocator) {
    byte[] bytes = HexBytes.bytes(item.hex);
    for (int length = 0; length < bytes.length; length++) {
      ByteBuf buffer = allocator.buffer(MAX).writeBytes(bytes, 0, length);
      XdrReader in = new XdrReader(buffer);
      assertThatThrownBy(() -> item.read.apply(in)).isInstanceOf(XdrException.class);
      buffer.release();
    }
  }

  @ParameterizedTest
  @MethodSource("items")
  void isNotWrittenBeyondTheLimit(Item item, ByteBufAllocator allocator) {
    for (int limit = 0; limit < HexBytes.bytes(item.hex).length; limit++) {
      ByteBuf buffer = allocator.buffer(0, limit);
      XdrWriter out = new XdrWriter(buffer);
      assertThatThrownBy(() -> item.write.accept(out))
          .isInstanceOf(XdrException.class)
          .hasMessageContaining("do not fit");
      buffer.release();
    }
  }

  @Test
  void opaqueDataOfBufferIsWrittenAndTheBufferLeftAlone(ByteBufAllocator allocator) {
    ByteBuf data = HexBytes.buffer(allocator, "00 01020304 05").skipBytes(1);
    ByteBuf buffer = allocator.buffer();
    new XdrWriter(buffer).writeOpaque(data);
    assertThat(HexBytes.drain(buffer)).isEqualTo(HexBytes.bytes("00000005 01020304 05000000"));
    assertThat(HexBytes.drain(data)).isEqualTo(HexBytes.bytes("01020304 05"));
  }

  @Test
  void opaqueSliceSharesTheMemory(ByteBufAllocator allocator) {
    ByteBuf buffer = HexBytes.buffer(allocator, "00000003 01020300 00000007");
    XdrReader in = new XdrReader(buffer);
    ByteBuf slice = in.readOpaqueSlice(MAX);
    assertThat(in.readInt()).isEqualTo(7);
    in.finish();

    buffer.setByte(5, 0x55);
    assertThat(slice.readableBytes()).isEqualTo(3);
    assertThat(slice.getByte(1)).isEqualTo((byte) 0x55);
    assertThat(slice.refCnt()).isEqualTo(1);
    slice.release();
    assertThat(buffer.refCnt()).isZero();
  }

  @Test
  void itemsFollowEachOther(ByteBufAllocator allocator) {
    ByteBuf buffer = allocator.buffer();
    XdrWriter out = new XdrWriter(buffer);
    items().forEach(item -> item.write.accept(out));
    XdrReader in = new XdrReader(buffer);
    items().forEach(item -> assertThat(item.read.apply(in)).as(item.name).isEqualTo(item.value));
    in.finish();
    buffer.release();
  }

  private static Item integer(int value, String hex) {
    return new Item("integer " + value, hex, value, out -> out.writeInt(value), XdrReader::readInt);
  }

  private static Item hyper(long value, String hex) {
    return new Item(
        "hyper " + value, hex, value, out -> out.writeHyper(value), XdrReader::readHyper);
  }

  private static Item real(float value, String hex) {
    return new Item(
        "float " + value, hex, value, out -> out.writeFloat(value), XdrReader::readFloat);
  }

  private static Item opaque(String data, String hex) {
    byte[] value = HexBytes.bytes(data);
    return new Item(
        "opaque " + data, hex, value, out -> out.writeOpaque(value), in -> in.readOpaque(MAX));
  }

  private static Item fixed(String data, String hex) {
    byte[] value = HexBytes.bytes(data);
    return new Item(
        "fixed " + data,
        hex,
        value,
        out -> out.writeFixedOpaque(value),
        in -> in.readFixedOpaque(value.length));
  }

  private static Item string(String value, String hex) {
    return new Item(
        "string " + value, hex, value, out -> out.writeString(value), in -> in.readString(MAX));
  }

  private static Item optional(@Nullable String value, String hex) {
    return new Item(
        "optional " + value,
        hex,
        value,
        out -> out.writeOptionalString(value),
        in -> in.readOptionalString(MAX));
  }

  private static Item list(List<String> value, String hex) {
    return new Item(
        "list " + value,
        hex,
        value,
        out -> out.writeStringList(value),
        in -> in.readStringList(MAX, MAX));
  }
}
