package io.guestfs.inventory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes the list of all calls of libguestfs, with what there is of them. */
public final class CallsDocument {

  private final List<UpstreamCall> upstream = UpstreamCall.all();
  private final Map<String, OurCalls.Entry> ours = new OurCalls().byName();
  private final MissingCalls missing = new MissingCalls();
  private final StringBuilder text = new StringBuilder();

  private CallsDocument() {}

  /** Writes it to a file. */
  public static void main(String[] arguments) throws IOException {
    Files.writeString(Path.of(arguments[0]), text());
  }

  static String text() {
    return new CallsDocument().write();
  }

  private String write() {
    long absent = upstream.stream().filter(call -> !ours.containsKey(call.name())).count();
    text.append("# Calls\n\n<!-- ./dev calls writes this file. -->\n\n")
        .append(absent)
        .append(" of the ")
        .append(upstream.size())
        .append(" calls of libguestfs are missing, ")
        .append(upstream.size() - absent)
        .append(" are there.\n\n");
    writeMissing();
    writeAll();
    return text.toString();
  }

  private void writeMissing() {
    Map<String, StringBuilder> byReason = new TreeMap<>();
    for (UpstreamCall call : upstream) {
      if (!ours.containsKey(call.name())) {
        byReason
            .computeIfAbsent(missing.reason(call.name()).orElse(""), reason -> new StringBuilder())
            .append(" `")
            .append(call.name())
            .append('`');
      }
    }
    text.append("## Missing\n\n| why | calls |\n| --- | --- |\n");
    byReason.forEach((reason, names) -> row(reason, names.substring(1)));
  }

  private void writeAll() {
    text.append("\n## All\n\n")
        .append("The status says who answers a call: the daemon in the appliance, the library, or,")
        .append(" before the launch, the builder.\n\n")
        .append("| libguestfs | ours | family | since | group | status |\n")
        .append("| --- | --- | --- | --- | --- | --- |\n");
    OurCalls.Entry none = new OurCalls.Entry("", "", "missing");
    for (UpstreamCall call : upstream) {
      OurCalls.Entry entry = ours.getOrDefault(call.name(), none);
      row(
          code(call.name()),
          code(entry.method()),
          entry.family(),
          call.since(),
          call.group(),
          entry.status() + (call.deprecatedBy().isEmpty() ? "" : "; " + deprecation(call)));
    }
  }

  private static String deprecation(UpstreamCall call) {
    return "deprecated, " + call.deprecatedBy().replaceFirst("by (\\w+)", "by `$1`");
  }

  private static String code(String name) {
    return name.isEmpty() ? "" : "`" + name + "`";
  }

  private void row(String... cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
