package io.guestfs.appliance.template;

import org.jspecify.annotations.Nullable;

/** There is no template, or none that can be used. Never the end of a launch: it goes on cold. */
public final class TemplateException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message why
   * @param cause what this was noticed by
   */
  public TemplateException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
