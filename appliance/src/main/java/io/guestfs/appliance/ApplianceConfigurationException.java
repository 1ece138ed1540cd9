package io.guestfs.appliance;

/**
 * Something that was asked for cannot be had: a missing image, a format that contradicts the image,
 * no qemu, no appliance. The message names the thing and says what to do.
 */
public final class ApplianceConfigurationException extends ApplianceException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message names the thing and says what to do
   */
  public ApplianceConfigurationException(String message) {
    super(message, null);
  }

  /**
   * Makes the exception.
   *
   * @param message names the thing and says what to do
   * @param cause what the host said
   */
  public ApplianceConfigurationException(String message, Throwable cause) {
    super(message, cause);
  }
}
