package io.guestfs.inventory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A call that libguestfs offers to its users.
 *
 * @param since the first release that had it, empty when it was never announced
 * @param group the feature group without which a daemon may lack it, or empty
 * @param deprecatedBy what replaces it, empty when it is not deprecated
 */
record UpstreamCall(String name, String since, String group, String deprecatedBy) {

  private static final Set<String> NOT_FOR_USERS = Set.of("internal", "bindtest", "debug");

  /** All of them, by name. */
  static List<UpstreamCall> all() {
    try (InputStream facts =
        UpstreamCall.class.getResourceAsStream("/reference/guestfs-api.json")) {
      List<UpstreamCall> calls = new ArrayList<>();
      for (JsonNode action : new ObjectMapper().readTree(facts).required("actions")) {
        if (!NOT_FOR_USERS.contains(action.required("visibility").asText())) {
          calls.add(of(action));
        }
      }
      return calls;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static UpstreamCall of(JsonNode action) {
    return new UpstreamCall(
        Objects.requireNonNull(action.required("name").asText()),
        text(action, "since"),
        text(action, "optional_group"),
        text(action, "deprecated_by"));
  }

  private static String text(JsonNode action, String field) {
    return action.hasNonNull(field) ? action.get(field).asText() : "";
  }
}
