package io.guestfs.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.calls.wire.InternalDescriptors;
import io.guestfs.calls.wire.StatNSStruct;
import io.guestfs.protocol.call.PackedStructs;
import io.guestfs.protocol.xdr.XdrWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lists of records that are kept as numbers. */
class PackedStructsTests {

  private static final StatNS FIRST =
      new StatNS(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22);
  private static final StatNS SECOND =
      new StatNS(0, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  @Test
  void holdTheRecordsThatTheirNumbersMake() {
    assertThat(packed(2)).isEqualTo(List.of(FIRST, SECOND));
    assertThat(StatNSStruct.TYPE.packed(2)).isEmpty();
  }

  @Test
  void travelAsAnyOtherList() {
    assertThat(written(packed(3))).isEqualTo(written(List.of(FIRST, SECOND)));
  }

  @Test
  void takeNoMoreThanTheyHaveRoomFor() {
    PackedStructs<StatNS> list = packed(2);
    assertThatThrownBy(list::append).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> packed(3).get(2)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(list).hasSize(2);
  }

  private static PackedStructs<StatNS> packed(int most) {
    PackedStructs<StatNS> list = StatNSStruct.TYPE.packed(most);
    int first = list.append();
    for (int i = 0; i < 22; i++) {
      list.hypers()[first + i] = 1L + i;
    }
    list.hypers()[list.append() + 1] = -1;
    return list;
  }

  private static ByteBuf written(List<StatNS> list) {
    ByteBuf bytes = Unpooled.buffer();
    InternalDescriptors.INTERNAL_LSTATNSLIST.result().write(new XdrWriter(bytes), list);
    return bytes;
  }
}
