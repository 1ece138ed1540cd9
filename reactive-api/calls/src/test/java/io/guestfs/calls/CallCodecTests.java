package io.guestfs.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.calls.value.Key;
import io.guestfs.calls.wire.AttributeDescriptors;
import io.guestfs.calls.wire.DirectoryDescriptors;
import io.guestfs.calls.wire.FilesystemDescriptors;
import io.guestfs.calls.wire.LVStruct;
import io.guestfs.calls.wire.LuksDescriptors;
import io.guestfs.calls.wire.MountDescriptors;
import io.guestfs.calls.wire.Procedures;
import io.guestfs.calls.wire.StatNSStruct;
import io.guestfs.calls.wire.TransferDescriptors;
import io.guestfs.protocol.call.ArgumentType;
import io.guestfs.protocol.call.CallDescriptor;
import io.guestfs.protocol.call.OptionValues;
import io.guestfs.protocol.call.Parameter;
import io.guestfs.protocol.call.ResultType;
import io.guestfs.protocol.xdr.GuestString;
import io.guestfs.protocol.xdr.XdrException;
import io.guestfs.protocol.xdr.XdrReader;
import io.guestfs.protocol.xdr.XdrWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The engine that encodes by the tables, on the tables of the real calls. */
class CallCodecTests {

  @Test
  void argumentsAreTheBytesOfTheProtocol() {
    assertThat(encode(DirectoryDescriptors.MKDIR, null, "/tmp")).isEqualTo("00000004" + "2f746d70");
    assertThat(encode(AttributeDescriptors.CHMOD, null, 0755, "/a"))
        .isEqualTo("000001ed" + "00000002" + "2f610000");
  }

  @Test
  void optionsThatAreNotGivenTravelAsNothingsAndHaveNoBit() {
    MkfsOptions options = MkfsOptions.defaults().inode(256).label("boot");
    assertThat(options.mask()).isEqualTo(0b10100);
    assertThat(encode(FilesystemDescriptors.MKFS, options, "ext4", "/dev/sda"))
        .isEqualTo(
            ("00000004" + "65787434" + "00000008" + "2f6465762f736461")
                + ("00000000" + "00000000" + "00000100" + "00000000" + "00000004" + "626f6f74"));
    assertThat(encode(FilesystemDescriptors.MKFS, null, "ext4", "/dev/sda"))
        .isEqualTo(encode(FilesystemDescriptors.MKFS, MkfsOptions.defaults(), "ext4", "/dev/sda"));
  }

  @Test
  void optionsAreToldApartFromZeroes() {
    ByteBuf bytes = Unpooled.buffer();
    MkfsOptions options = MkfsOptions.defaults().blocksize(0);
    FilesystemDescriptors.MKFS.writeArguments(
        new XdrWriter(bytes), new Object[] {"ext4", "/dev/sda"}, options);
    @Nullable Object[] read =
        FilesystemDescriptors.MKFS.readArguments(new XdrReader(bytes), options.mask());
    assertThat(read).hasSize(3);
    assertThat(new MkfsOptions((@Nullable Object[]) read[2])).isEqualTo(options);
    assertThat(new MkfsOptions((@Nullable Object[]) read[2]).inode()).isNull();
  }

  /** libguestfs 1.48 has four of the five optional arguments of tar_in. */
  @Test
  void optionsThatAnOlderPeerDoesNotHaveAreAbsent() {
    ByteBuf bytes = Unpooled.buffer();
    XdrWriter out = new XdrWriter(bytes);
    out.writeString("/dir");
    out.writeString("gzip");
    out.writeBool(false);
    out.writeBool(false);
    out.writeBool(true);
    @Nullable Object[] read =
        TransferDescriptors.TAR_IN.readArguments(new XdrReader(bytes.duplicate()), 0b1001);
    assertThat(new TarInOptions((@Nullable Object[]) Objects.requireNonNull(read[1])))
        .isEqualTo(TarInOptions.defaults().compress("gzip").acls(true));
    assertThatThrownBy(
            () -> TransferDescriptors.TAR_IN.readArguments(new XdrReader(bytes), 0b11001))
        .as("one that is given has to be there")
        .isInstanceOf(XdrException.class);
  }

  @Test
  void unknownOptionBitsAreSeen() {
    assertThat(FilesystemDescriptors.MKFS.knowsOptions(0b11111)).isTrue();
    assertThat(FilesystemDescriptors.MKFS.knowsOptions(0b100000)).isFalse();
    assertThat(DirectoryDescriptors.MKDIR.knowsOptions(0)).isTrue();
    assertThat(DirectoryDescriptors.MKDIR.knowsOptions(1)).isFalse();
    assertThat(DirectoryDescriptors.MKDIR.knowsOptions(Long.MIN_VALUE)).isFalse();
  }

  @Test
  void missingArgumentIsNamed() {
    assertThatThrownBy(() -> encode(MountDescriptors.MOUNT, null, "/dev/sda", null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mount: argument mountpoint must not be null");
  }

  @Test
  void bytesLeftOverAreRefused() {
    ByteBuf bytes = Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump("000000042f746d7000000000"));
    assertThatThrownBy(() -> DirectoryDescriptors.MKDIR.readArguments(new XdrReader(bytes), 0))
        .isInstanceOf(XdrException.class);
  }

  @Test
  void aKeyTravelsAsAStringUntilItIsClosed() {
    Key key = Key.of("pass".toCharArray());
    String expected = "00000008" + "2f6465762f736461" + "00000004" + "70617373" + "00000001";
    for (int i = 0; i < 2; i++) {
      assertThat(encode(LuksDescriptors.LUKS_KILL_SLOT, null, "/dev/sda", key, 1))
          .isEqualTo(expected);
    }
    key.close();
    assertThatThrownBy(() -> encode(LuksDescriptors.LUKS_KILL_SLOT, null, "/dev/sda", key, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("luks_kill_slot: argument key was closed");
  }

  @Test
  void hashOfAnOddNumberOfStringsIsRefused() {
    ByteBuf bytes = Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump("000000010000000161000000"));
    assertThatThrownBy(() -> ResultType.HASHTABLE.read(new XdrReader(bytes)))
        .isInstanceOf(XdrException.class)
        .hasMessageContaining("odd");
  }

  @Test
  void structureSurvivesARoundTrip() {
    LV lv =
        new LV(
            "root",
            "0123456789abcdef0123456789ABCDEF",
            "-wi-a-----",
            -1,
            -1,
            254,
            0,
            1L << 40,
            1,
            "",
            OptionalDouble.empty(),
            OptionalDouble.of(12.5),
            "",
            "a,b",
            "",
            "");
    ByteBuf bytes = Unpooled.buffer();
    ResultType<List<LV>> type = ResultType.structs(LVStruct.TYPE);
    type.write(new XdrWriter(bytes), List.of(lv, lv));
    XdrReader in = new XdrReader(bytes);
    assertThat(type.read(in)).containsExactly(lv, lv);
    in.finish();
  }

  @Test
  void randomArgumentsOfEveryCallSurviveARoundTrip() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (CallDescriptor<?> call : Procedures.all()) {
      for (int i = 0; i < 20; i++) {
        @Nullable Object[] arguments = values(random, call.parameters(), false);
        @Nullable Object[] options = values(random, call.options(), true);
        ByteBuf bytes = Unpooled.buffer();
        call.writeArguments(new XdrWriter(bytes), arguments, new AnyOptions(options));
        long mask = new AnyOptions(options).mask();
        @Nullable Object[] read = call.readArguments(new XdrReader(bytes), mask);
        decodeFileNames(call, read);
        @Nullable Object[] required = asRead(arguments);
        @Nullable Object[] expected =
            call.options().isEmpty() ? required : append(required, options);
        assertThat(Arrays.deepEquals(read, expected)).as("%s, seed %d", call.name(), seed).isTrue();
      }
    }
  }

  @Test
  void longListsOfNumbersSurviveARoundTrip() {
    ResultType<List<StatNS>> type = ResultType.structs(StatNSStruct.TYPE);
    for (int size : new int[] {0, 1, 63, 64, 65, 200}) {
      List<StatNS> files = IntStream.range(0, size).mapToObj(CallCodecTests::file).toList();
      ByteBuf bytes = Unpooled.buffer();
      type.write(new XdrWriter(bytes), files);
      assertThat(type.read(new XdrReader(bytes))).isEqualTo(files);
    }
  }

  private static StatNS file(int n) {
    return new StatNS(
        n, -n, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, Long.MIN_VALUE);
  }

  @Test
  void mapKeepsTheOrderOfTheWire() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("/dev/sdb1", "ext4");
    map.put("/dev/sda1", "swap");
    ByteBuf bytes = Unpooled.buffer();
    ResultType.HASHTABLE.write(new XdrWriter(bytes), map);
    assertThat(ResultType.HASHTABLE.read(new XdrReader(bytes))).containsExactlyEntriesOf(map);
  }

  private static String encode(
      CallDescriptor<?> call, @Nullable OptionValues options, @Nullable Object... arguments) {
    ByteBuf bytes = Unpooled.buffer();
    call.writeArguments(new XdrWriter(bytes), arguments, options);
    return ByteBufUtil.hexDump(bytes);
  }

  private static @Nullable Object[] values(
      Random random, List<Parameter> parameters, boolean optional) {
    List<@Nullable Object> values = new ArrayList<>();
    for (Parameter parameter : parameters) {
      boolean absent = optional && random.nextBoolean();
      values.add(absent ? null : value(random, parameter.type()));
    }
    return values.toArray();
  }

  private static @Nullable Object value(Random random, ArgumentType type) {
    return switch (type) {
      case STRING -> text(random);
      case OPTIONAL_STRING -> random.nextBoolean() ? null : text(random);
      case STRING_LIST, FILENAME_LIST -> List.of(text(random), "", text(random));
      case BOOL -> random.nextBoolean();
      case INT -> random.nextInt();
      case INT64 -> random.nextLong();
      case BUFFER -> text(random).getBytes(StandardCharsets.UTF_8);
      case KEY -> Key.of(text(random).toCharArray());
    };
  }

  /** The daemon gets the bytes of a key, so that it can wipe them. */
  private static @Nullable Object[] asRead(@Nullable Object[] arguments) {
    return Arrays.stream(arguments)
        .map(argument -> argument instanceof Key key ? key.bytes() : argument)
        .toArray();
  }

  /** The daemon gets names as bytes, which do not compare as strings do. */
  @SuppressWarnings("unchecked")
  private static void decodeFileNames(CallDescriptor<?> call, @Nullable Object[] arguments) {
    for (int i = 0; i < call.parameters().size(); i++) {
      if (call.parameters().get(i).type() == ArgumentType.FILENAME_LIST) {
        List<byte[]> names = (List<byte[]>) Objects.requireNonNull(arguments[i]);
        arguments[i] = names.stream().map(GuestString::decode).toList();
      }
    }
  }

  private static String text(Random random) {
    return random
        .ints(random.nextInt(12), 1, 0xd800)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static @Nullable Object[] append(@Nullable Object[] arguments, Object last) {
    @Nullable Object[] all = Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = last;
    return all;
  }

  private static final class AnyOptions extends OptionValues {
    AnyOptions(@Nullable Object[] values) {
      super(values);
    }
  }
}
