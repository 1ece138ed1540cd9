package io.guestfs;

import io.guestfs.protocol.frame.Limits;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The contract with the appliance of this project. */
@EnabledIfSystemProperty(named = "guestfs.appliance", matches = ".+")
class OwnApplianceIntegrationTests extends GuestfsContract {

  private static final String APPLIANCE = System.getProperty("guestfs.appliance", "");

  @Override
  int messageMax() {
    return Limits.LARGEST.messageMax();
  }

  @Override
  String noSpace() {
    return "No space left on device";
  }

  @Override
  int manyFiles() {
    return 10_000;
  }

  @Override
  String appliance() {
    return APPLIANCE;
  }
}
