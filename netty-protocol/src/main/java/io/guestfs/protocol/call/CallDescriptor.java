package io.guestfs.protocol.call;

import io.guestfs.protocol.xdr.XdrException;
import io.guestfs.protocol.xdr.XdrReader;
import io.guestfs.protocol.xdr.XdrWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call of the daemon, as a table, and the encoding and decoding of its arguments.
 *
 * @param procedure its number
 * @param name the name that libguestfs gives it
 * @param group the feature group without which a daemon may lack it, or empty
 * @param parameters its required arguments, without the file that a transfer moves
 * @param options its optional arguments; the position is the bit in the header
 * @param transfer whether file content follows
 * @param result what it gives back
 * @param <T> the type of the result
 */
public record CallDescriptor<T>(
    int procedure,
    String name,
    String group,
    List<Parameter> parameters,
    List<Parameter> options,
    Transfer transfer,
    ResultType<T> result) {

  /**
   * Encodes the arguments of a call.
   *
   * @throws IllegalArgumentException when one is missing or cannot travel; the message names it
   */
  public void writeArguments(
      XdrWriter out, @Nullable Object[] arguments, @Nullable OptionValues optional) {
    if (arguments.length != parameters.size()) {
      throw new IllegalArgumentException(
          name + " takes " + parameters.size() + " arguments, not " + arguments.length);
    }
    for (int i = 0; i < arguments.length; i++) {
      writeArgument(out, parameters.get(i), arguments[i]);
    }
    for (int i = 0; i < options.size(); i++) {
      Object value = optional == null ? null : optional.value(i);
      if (value == null) {
        options.get(i).type().writeAbsent(out);
      } else {
        writeArgument(out, options.get(i), value);
      }
    }
  }

  private void writeArgument(XdrWriter out, Parameter parameter, @Nullable Object value) {
    try {
      parameter.type().write(out, value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          name + ": argument " + parameter.name() + " " + e.getMessage(), e);
    }
  }

  /**
   * Decodes the arguments of a call. Where the call has optional arguments, one more element holds
   * their values as an {@code Object[]}, null for each that was not given.
   *
   * @throws XdrException when the bytes are not such arguments, or when bytes are left over
   */
  public @Nullable Object[] readArguments(XdrReader in, long optionalArguments) {
    int required = parameters.size();
    boolean hasOptions = !options.isEmpty();
    @Nullable Object[] arguments = new @Nullable Object[required + (hasOptions ? 1 : 0)];
    for (int i = 0; i < required; i++) {
      arguments[i] = parameters.get(i).type().read(in);
    }
    if (hasOptions) {
      arguments[required] = readOptions(in, optionalArguments);
    }
    in.finish();
    return arguments;
  }

  private @Nullable Object[] readOptions(XdrReader in, long given) {
    @Nullable Object[] values = new @Nullable Object[options.size()];
    for (int i = 0; i < values.length; i++) {
      boolean isGiven = (given & (1L << i)) != 0;
      // Calls gain optional arguments at the end; a peer from before that does not send them.
      if (isGiven || in.hasMore()) {
        Object value = options.get(i).type().read(in);
        values[i] = isGiven ? value : null;
      }
    }
    return values;
  }

  /** Whether its message is to be wiped once it was written. */
  public boolean hasSecrets() {
    return parameters.stream().anyMatch(parameter -> parameter.type() == ArgumentType.KEY);
  }

  /** Whether the bits are of optional arguments that the call has. */
  public boolean knowsOptions(long optionalArguments) {
    return options.size() == Long.SIZE || optionalArguments >>> options.size() == 0;
  }
}
