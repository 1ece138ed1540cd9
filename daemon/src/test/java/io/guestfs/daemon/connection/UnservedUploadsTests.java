package io.guestfs.daemon.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.calls.wire.Procedures;
import io.guestfs.protocol.call.CallDescriptor;
import org.junit.jupiter.api.Test;

class UnservedUploadsTests {
  @Test
  void whatIsServedIsNotListed() {
    for (CallDescriptor<?> call : Procedures.all()) {
      assertThat(UnservedUploads.contain(call.procedure())).as(call.name()).isFalse();
    }
  }
}
