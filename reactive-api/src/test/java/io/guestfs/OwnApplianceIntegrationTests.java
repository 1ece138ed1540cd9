package io.guestfs;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.guestfs.protocol.frame.Limits;
import org.junit.jupiter.api.BeforeAll;

/** The contract with the appliance of this project. */
class OwnApplianceIntegrationTests extends GuestfsContract {

  private static final String APPLIANCE = System.getProperty("guestfs.appliance", "");

  @BeforeAll
  static void thereIsOne() {
    assumeThat(APPLIANCE).as("system property guestfs.appliance").isNotEmpty();
  }

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
