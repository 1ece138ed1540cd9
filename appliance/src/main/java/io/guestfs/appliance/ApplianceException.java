package io.guestfs.appliance;

import org.jspecify.annotations.Nullable;

/** Root of everything that a launch can fail with. */
public abstract sealed class ApplianceException extends RuntimeException
    permits ApplianceConfigurationException, ApplianceLaunchException {

  private static final long serialVersionUID = 1L;

  ApplianceException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
