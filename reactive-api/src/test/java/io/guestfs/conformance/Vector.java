package io.guestfs.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.guestfs.protocol.xdr.GuestString;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * One test: a state to start from, commands, and what the last of them must give.
 *
 * @param action the call under test
 * @param index number of the test among those of the call
 * @param group the feature group without which it is skipped, or empty
 * @param init the state to start from
 * @param prerequisite what else has to hold
 * @param commands the commands: names, each followed by its arguments
 * @param check what must come of them
 * @param cleanup commands to run in the end
 */
record Vector(
    String id,
    String action,
    int index,
    String group,
    String init,
    JsonNode prerequisite,
    List<List<String>> commands,
    JsonNode check,
    List<List<String>> cleanup) {

  /** The order in which tests find what earlier ones left. */
  static final Comparator<Vector> ORDER =
      Comparator.comparing(Vector::action).thenComparingInt(Vector::index);

  /** Reads a file of vectors. */
  static List<Vector> read(InputStream file) throws IOException {
    List<Vector> vectors = new ArrayList<>();
    for (JsonNode test : new ObjectMapper().readTree(file).path("tests")) {
      vectors.add(of(test));
    }
    if (vectors.isEmpty()) {
      throw new IOException("there are no tests in it");
    }
    return vectors;
  }

  private static Vector of(JsonNode test) {
    return new Vector(
        test.required("id").asText(),
        test.required("action").asText(),
        test.required("index").asInt(),
        test.path("optional_group").asText(""),
        test.required("init").asText(),
        test.required("prerequisite"),
        commands(test.required("commands")),
        test.required("check"),
        commands(test.path("cleanup")));
  }

  private static List<List<String>> commands(JsonNode list) {
    List<List<String>> commands = new ArrayList<>();
    for (JsonNode command : list) {
      List<String> words = new ArrayList<>();
      command.forEach(word -> words.add(text(word)));
      commands.add(words);
    }
    return commands;
  }

  /** A string, which is bytes in hexadecimal where it is not ASCII. */
  static String text(JsonNode node) {
    JsonNode hex = node.path("hex");
    return hex.isTextual()
        ? GuestString.decode(HexFormat.of().parseHex(hex.asText()))
        : node.asText("");
  }

  /** All calls that it makes. */
  Stream<String> calls() {
    return Stream.concat(commands.stream(), cleanup.stream()).map(words -> words.get(0));
  }

  /** The feature groups that it needs. */
  Stream<String> groups() {
    String available =
        prerequisite.path("kind").asText().equals("IfAvailable")
            ? prerequisite.path("value").asText()
            : "";
    return Stream.of(group, available).filter(name -> !name.isEmpty()).distinct();
  }
}
