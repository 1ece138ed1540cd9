package io.guestfs.protocol.call;

/**
 * One argument of a call.
 *
 * @param name the name that libguestfs gives it
 * @param type what travels
 * @param role what a string, or each string of a list, names
 */
public record Parameter(String name, ArgumentType type, Role role) {

  /** An argument without a role. */
  public Parameter(String name, ArgumentType type) {
    this(name, type, Role.PLAIN);
  }
}
