package io.guestfs.calls;

import com.fasterxml.jackson.databind.JsonNode;
import io.guestfs.protocol.call.ArgumentType;
import io.guestfs.protocol.call.CallDescriptor;
import io.guestfs.protocol.call.Parameter;
import io.guestfs.protocol.call.ResultType;
import io.guestfs.protocol.call.Role;
import io.guestfs.protocol.call.StructType;
import io.guestfs.protocol.call.Transfer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the facts and a descriptor say of a call, written the same way so that they compare. */
record WireFacts(
    String name, String group, List<String> arguments, List<String> options, String result) {

  private static final Map<String, Role> ROLES =
      Map.of(
          "PlainString", Role.PLAIN,
          "Device", Role.DEVICE,
          "Mountable", Role.MOUNTABLE,
          "Pathname", Role.PATHNAME,
          "Filename", Role.FILENAME,
          "Dev_or_Path", Role.DEVICE_OR_PATH,
          "Mountable_or_Path", Role.MOUNTABLE_OR_PATH,
          "GUID", Role.GUID);

  private static final Map<String, ArgumentType> ARGUMENTS =
      Map.of(
          "String", ArgumentType.STRING,
          "OptString", ArgumentType.OPTIONAL_STRING,
          "StringList", ArgumentType.STRING_LIST,
          "Bool", ArgumentType.BOOL,
          "Int", ArgumentType.INT,
          "Int64", ArgumentType.INT64,
          "BufferIn", ArgumentType.BUFFER);

  private static final Map<String, ResultType.Kind> RESULTS =
      Map.of(
          "RErr", ResultType.Kind.VOID,
          "RInt", ResultType.Kind.INT,
          "RInt64", ResultType.Kind.INT64,
          "RBool", ResultType.Kind.BOOL,
          "RString", ResultType.Kind.STRING,
          "RStringList", ResultType.Kind.STRING_LIST,
          "RHashtable", ResultType.Kind.HASHTABLE,
          "RBufferOut", ResultType.Kind.BUFFER,
          "RStruct", ResultType.Kind.STRUCT,
          "RStructList", ResultType.Kind.STRUCT_LIST);

  static WireFacts of(JsonNode action) {
    List<String> arguments = new ArrayList<>();
    Transfer transfer = Transfer.NONE;
    for (JsonNode argument : action.get("args")) {
      switch (Reference.text(argument, "subtype")) {
        case "FileIn" -> transfer = Transfer.UPLOAD;
        case "FileOut" -> transfer = Transfer.DOWNLOAD;
        default -> arguments.add(argument(argument));
      }
    }
    List<String> options = new ArrayList<>();
    for (JsonNode option : action.get("optargs")) {
      // OBool, OInt and so on travel as the kinds without the O.
      String kind = option.get("kind").asText().substring(1);
      options.add(option.get("name").asText() + " " + ARGUMENTS.get(kind) + " " + Role.PLAIN);
    }
    JsonNode ret = action.get("ret");
    ResultType.Kind kind = RESULTS.get(ret.get("kind").asText());
    return new WireFacts(
        action.get("name").asText(),
        Reference.text(action, "optional_group"),
        arguments,
        options,
        transfer + " " + kind + " " + Reference.text(ret, "struct"));
  }

  private static String argument(JsonNode argument) {
    String kind = argument.get("kind").asText();
    String subtype = Reference.text(argument, "subtype");
    if (subtype.equals("Key")) {
      return argument.get("name").asText() + " " + ArgumentType.KEY + " " + Role.KEY;
    }
    Role role = subtype.isEmpty() ? Role.PLAIN : ROLES.get(subtype);
    ArgumentType type =
        kind.equals("StringList") && role == Role.FILENAME
            ? ArgumentType.FILENAME_LIST
            : ARGUMENTS.get(kind);
    return argument.get("name").asText() + " " + type + " " + role;
  }

  static WireFacts of(CallDescriptor<?> call) {
    StructType<?> struct = call.result().struct();
    return new WireFacts(
        call.name(),
        call.group(),
        call.parameters().stream().map(WireFacts::argument).toList(),
        call.options().stream().map(WireFacts::argument).toList(),
        call.transfer()
            + " "
            + call.result().kind()
            + " "
            + (struct == null ? "" : struct.name().toLowerCase(Locale.ROOT)));
  }

  private static String argument(Parameter parameter) {
    // Upstream does not tell content from other strings.
    Role role = parameter.role() == Role.CONTENT ? Role.PLAIN : parameter.role();
    return parameter.name() + " " + parameter.type() + " " + role;
  }
}
