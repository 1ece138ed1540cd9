package io.guestfs;

import io.guestfs.protocol.frame.Limits;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The contract with an appliance that libguestfs made: {@code libguestfs-make-fixed-appliance}. */
@EnabledIfSystemProperty(
    named = StockApplianceIntegrationTests.APPLIANCE,
    matches = ".+",
    disabledReason = "no appliance of libguestfs was named")
class StockApplianceIntegrationTests extends GuestfsContract {

  static final String APPLIANCE = "guestfs.stock.appliance";

  @Override
  int messageMax() {
    return Limits.BASE.messageMax();
  }

  @Override
  String noSpace() {
    return "write error";
  }

  /** It gives a list of attributes for one file at a time, and takes its time. */
  @Override
  int manyFiles() {
    return 1_000;
  }

  @Override
  String appliance() {
    return System.getProperty(APPLIANCE, "");
  }
}
