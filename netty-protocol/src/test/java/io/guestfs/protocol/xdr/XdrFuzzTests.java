package io.guestfs.protocol.xdr;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Any bytes, read as any sequence of items. What is accepted has one form only, so writing the
 * items that were read must give the bytes back.
 *
 * <p>An input is one byte with the number of items, one with the largest length to accept, one for
 * each item, and the bytes to read. The test runs over the inputs in the test resources; {@code
 * JAZZER_FUZZ=1} looks for new ones.
 */
class XdrFuzzTests {

  private static final int LIST_MAX = 1000;

  enum Item {
    INT,
    HYPER,
    BOOL,
    OPAQUE,
    SLICE,
    FIXED_OPAQUE,
    STRING,
    OPTIONAL_STRING,
    STRING_LIST,
    ENUM
  }

  private static final Item[] ITEMS = Item.values();

  @FuzzTest
  void itemsReadAreItemsWritten(byte[] input) {
    ByteBuf data = Unpooled.wrappedBuffer(input);
    if (data.readableBytes() < 2) {
      return;
    }
    int count = Math.min(data.readByte() & 0xFF, data.readableBytes() - 1);
    int max = data.readByte() & 0xFF;
    ByteBuf items = data.readSlice(count);
    ByteBuf bytes = data.slice();
    ByteBuf copy = Unpooled.buffer();
    XdrReader in = new XdrReader(bytes.duplicate());
    XdrWriter out = new XdrWriter(copy);
    try {
      while (items.isReadable()) {
        readAndWrite(ITEMS[(items.readByte() & 0xFF) % ITEMS.length], max, in, out);
      }
    } catch (XdrException refused) {
      assertThat(refused).hasMessageContaining("at offset");
    }
    assertThat(copy).isEqualTo(bytes.slice(0, copy.readableBytes()));
    copy.release();
    data.release();
  }

  private static void readAndWrite(Item item, int max, XdrReader in, XdrWriter out) {
    switch (item) {
      case INT -> out.writeInt(in.readInt());
      case HYPER -> out.writeHyper(in.readHyper());
      case BOOL -> out.writeBool(in.readBool());
      case OPAQUE -> out.writeOpaque(in.readOpaque(max));
      case SLICE -> out.writeOpaque(in.readOpaqueSlice(max));
      case FIXED_OPAQUE -> out.writeFixedOpaque(in.readFixedOpaque(max));
      case STRING -> out.writeString(in.readString(max));
      case OPTIONAL_STRING -> out.writeOptionalString(in.readOptionalString(max));
      case STRING_LIST -> out.writeStringList(in.readStringList(LIST_MAX, max));
      case ENUM -> out.writeEnum(in.readEnum("item", ITEMS));
    }
  }
}
