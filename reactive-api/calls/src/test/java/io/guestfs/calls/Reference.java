package io.guestfs.calls;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The facts of an interface of libguestfs: the newest, or that of 1.7.24. */
final class Reference {

  private final Map<Integer, JsonNode> actionsByNumber = new HashMap<>();
  private final Map<String, JsonNode> actionsByName = new HashMap<>();
  private final Map<String, JsonNode> structs = new HashMap<>();

  private Reference(String resource) {
    JsonNode facts;
    try (InputStream in = Reference.class.getResourceAsStream("/reference/" + resource)) {
      facts = new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (JsonNode action : facts.get("actions")) {
      actionsByName.put(action.get("name").asText(), action);
      if (action.get("proc_nr").isInt()) {
        actionsByNumber.put(action.get("proc_nr").asInt(), action);
      }
    }
    for (JsonNode struct : facts.get("structs")) {
      structs.put(struct.get("name").asText(), struct);
    }
  }

  static Reference newest() {
    return new Reference("guestfs-api.json");
  }

  static Reference seed() {
    return new Reference("guestfs-api-1.7.24.json");
  }

  @Nullable JsonNode procedure(int number) {
    return actionsByNumber.get(number);
  }

  JsonNode action(String name) {
    return Objects.requireNonNull(actionsByName.get(name), () -> "no call is named " + name);
  }

  JsonNode struct(String name) {
    return Objects.requireNonNull(structs.get(name), () -> "no structure is named " + name);
  }

  /** A text, empty where the facts have null. */
  static String text(JsonNode node, String field) {
    JsonNode value = node.get(field);
    return value == null || value.isNull() ? "" : value.asText();
  }
}
