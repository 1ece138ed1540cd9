package io.guestfs.protocol.call;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls for people to read, as they stand in a trace. Content shows as its length only, secrets do
 * not show at all.
 */
public final class CallText {

  private CallText() {}

  /**
   * A call and its arguments; optional ones by name.
   *
   * @return for example {@code mkfs "ext4" "/dev/sda1" label:"boot"}
   */
  public static String of(
      CallDescriptor<?> call, @Nullable Object[] arguments, @Nullable OptionValues options) {
    StringBuilder text = new StringBuilder(call.name());
    for (int i = 0; i < arguments.length; i++) {
      text.append(' ').append(value(call.parameters().get(i), arguments[i]));
    }
    for (int i = 0; options != null && i < call.options().size(); i++) {
      Object value = options.value(i);
      if (value != null) {
        Parameter option = call.options().get(i);
        text.append(' ').append(option.name()).append(':').append(value(option, value));
      }
    }
    return text.toString();
  }

  private static String value(Parameter parameter, @Nullable Object value) {
    return parameter.role() == Role.CONTENT && value instanceof String content
        ? "<" + content.length() + " characters>"
        : value(value);
  }

  private static String value(@Nullable Object value) {
    if (value instanceof String string) {
      return '"' + string.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
    if (value instanceof Secret) {
      return Secret.SHOWN;
    }
    if (value instanceof byte[] bytes) {
      return "<" + bytes.length + " bytes>";
    }
    if (value instanceof List<?> list) {
      return list.stream().map(CallText::value).toList().toString();
    }
    return String.valueOf(value);
  }
}
