package io.guestfs.protocol.xdr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.protocol.testing.AllocationMeter;
import io.guestfs.protocol.testing.BufferLeakExtension;
import io.guestfs.protocol.testing.HexBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A peer that lies about lengths is found out before it costs memory. */
@ExtendWith(BufferLeakExtension.class)
class XdrHostileInputTests {

  /** More than an exception with its stack trace takes, far less than any length announced here. */
  private static final long ALLOCATION_MAX = 64 * 1024;

  private static final int ANY = Integer.MAX_VALUE;

  record Read(String name, Consumer<XdrReader> from) {

    @Override
    public String toString() {
      return name;
    }
  }

  /** Everything that starts with a length or a count, read without a limit of the caller's. */
  private static final List<Read> UNLIMITED_READS =
      List.of(
          new Read("opaque", in -> in.readOpaque(ANY)),
          new Read("slice", in -> in.readOpaqueSlice(ANY)),
          new Read("string", in -> in.readString(ANY)),
          new Read("list", in -> in.readStringList(ANY, ANY)),
          new Read("opaque list", in -> in.readOpaqueList(ANY, ANY)),
          new Read("count", in -> in.readCount(ANY, 1)));

  /** From "one more than is there" to the largest; each is followed by eight bytes. */
  private static final List<String> LIES =
      List.of("00000009", "00400000", "40000000", "7FFFFFFC", "7FFFFFFF", "80000000", "FFFFFFFF");

  static Stream<Arguments> lies() {
    return UNLIMITED_READS.stream()
        .flatMap(read -> LIES.stream().map(lie -> Arguments.of(read, lie)));
  }

  @ParameterizedTest
  @MethodSource("lies")
  void lengthBeyondTheBytesAllocatesNothing(Read read, String lie, ByteBufAllocator allocator) {
    ByteBuf buffer = HexBytes.buffer(allocator, lie + "00000000 00000000");
    long allocated =
        AllocationMeter.bytesAllocatedBy(
            () -> assertRefused(() -> read.from.accept(new XdrReader(buffer))));
    assertThat(allocated).isLessThan(ALLOCATION_MAX);
    buffer.release();
  }

  @Test
  void fixedLengthBeyondTheBytesAllocatesNothing(ByteBufAllocator allocator) {
    ByteBuf buffer = HexBytes.buffer(allocator, "00000000");
    long allocated =
        AllocationMeter.bytesAllocatedBy(
            () -> assertRefused(() -> new XdrReader(buffer).readFixedOpaque(ANY)));
    assertThat(allocated).isLessThan(ALLOCATION_MAX);
    buffer.release();
  }

  @Test
  void theMeterNoticesAnAllocation() {
    long allocated =
        AllocationMeter.bytesAllocatedBy(
            () -> assertThat(new byte[(int) ALLOCATION_MAX]).isNotEmpty());
    assertThat(allocated).isGreaterThan(ALLOCATION_MAX);
  }

  @ParameterizedTest
  @CsvSource({
    "00000005 01020304 05000000, 4, '5 bytes, at most 4 allowed'",
    "FFFFFFFF, 4, '4294967295 bytes, at most 4 allowed'",
    "00000001 61000000, 0, '1 bytes, at most 0 allowed'",
  })
  void lengthOverTheLimit(String hex, int max, String problem, ByteBufAllocator allocator) {
    assertProblem(allocator, hex, in -> in.readOpaque(max), "opaque data at offset 0: " + problem);
    assertProblem(allocator, hex, in -> in.readOpaqueSlice(max), problem);
    assertProblem(allocator, hex, in -> in.readString(max), "string at offset 0: " + problem);
  }

  @Test
  void stringOfListOverTheLimit(ByteBufAllocator allocator) {
    assertProblem(
        allocator,
        "00000002 00000001 61000000 00000002 62620000",
        in -> in.readStringList(2, 1),
        "string at offset 12: 2 bytes, at most 1 allowed");
  }

  @Test
  void countOverTheLimit(ByteBufAllocator allocator) {
    assertProblem(
        allocator,
        "00000003 00000000 00000000 00000000",
        in -> in.readStringList(2, 1),
        "array at offset 0: 3 items, at most 2 allowed");
  }

  @Test
  void countThatTheBytesCannotHold(ByteBufAllocator allocator) {
    assertProblem(
        allocator,
        "00000003 00000000 00000000",
        in -> in.readStringList(ANY, ANY),
        "array at offset 0: 3 items, but 8 bytes are left");
    assertProblem(
        allocator,
        "00000002 00000000 00000000 00000000",
        in -> in.readCount(ANY, 8),
        "array at offset 0: 2 items, but 12 bytes are left");
  }

  @ParameterizedTest
  @CsvSource({
    "00000001 61010000, 5",
    "00000001 61000100, 6",
    "00000001 61000001, 7",
    "00000002 61620001, 7",
    "00000003 616263FF, 7",
  })
  void paddingThatIsNotZero(String hex, int offset, ByteBufAllocator allocator) {
    String problem = "at offset " + offset + ": padding is not zero";
    assertProblem(allocator, hex, in -> in.readOpaque(ANY), problem);
    assertProblem(allocator, hex, in -> in.readOpaqueSlice(ANY), problem);
    assertProblem(allocator, hex, in -> in.readString(ANY), problem);
  }

  @Test
  void paddingOfFixedOpaqueDataThatIsNotZero(ByteBufAllocator allocator) {
    assertProblem(
        allocator,
        "01020304 05060000",
        in -> in.readFixedOpaque(5),
        "offset 5: padding is not zero");
  }

  @ParameterizedTest
  @CsvSource({"00000002, 2", "FFFFFFFF, -1", "01000000, 16777216"})
  void booleanThatIsNeitherTrueNorFalse(String hex, int seen, ByteBufAllocator allocator) {
    String problem = "boolean at offset 0: neither 0 nor 1 but " + seen;
    assertProblem(allocator, hex, XdrReader::readBool, problem);
    assertProblem(allocator, hex, in -> in.readOptionalString(ANY), problem);
  }

  @ParameterizedTest
  @CsvSource({"00000003, 3", "FFFFFFFF, -1", "80000000, -2147483648"})
  void enumerationWithoutSuchValue(String hex, int seen, ByteBufAllocator allocator) {
    assertProblem(
        allocator,
        hex,
        in -> in.readEnum("colour", XdrItemTests.Colour.values()),
        "colour at offset 0: " + seen + " is not one of [RED, YELLOW, BLUE]");
  }

  @Test
  void integerOtherThanExpected(ByteBufAllocator allocator) {
    assertProblem(
        allocator,
        "2000F5F6",
        in -> in.expectInt("program", 0x2000F5F5),
        "program at offset 0: 0x2000f5f6 instead of 0x2000f5f5");
  }

  @ParameterizedTest
  @CsvSource({"00000001 00000000, 0", "00000003 61006200, 1", "00000004 61626300, 3"})
  void stringWithNul(String hex, int index, ByteBufAllocator allocator) {
    assertProblem(
        allocator, hex, in -> in.readString(ANY), "string at offset 0: NUL at index " + index);
  }

  @Test
  void bytesThatWereNotRead(ByteBufAllocator allocator) {
    assertProblem(
        allocator,
        "00000001 0000000000",
        in -> {
          assertThat(in.readInt()).isEqualTo(1);
          in.finish();
        },
        "end at offset 4: 5 bytes too many");
  }

  private static void assertProblem(
      ByteBufAllocator allocator, String hex, Consumer<XdrReader> read, String problem) {
    ByteBuf buffer = HexBytes.buffer(allocator, "FFFFFFFF" + hex).skipBytes(Integer.BYTES);
    assertThatThrownBy(() -> read.accept(new XdrReader(buffer)))
        .isInstanceOf(XdrException.class)
        .hasMessageContaining(problem);
    buffer.release();
  }

  private static void assertRefused(Runnable read) {
    try {
      read.run();
    } catch (XdrException expected) {
      return;
    }
    throw new AssertionError("was not refused");
  }
}
