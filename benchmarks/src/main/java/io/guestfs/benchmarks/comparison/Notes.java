package io.guestfs.benchmarks.comparison;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one side finds out beside what is measured, by names as metrics have. */
final class Notes {

  private record Note(Unit unit, List<Double> values) {}

  private final Map<String, Note> notes = new LinkedHashMap<>();

  void add(String name, Unit unit, double value) {
    notes.computeIfAbsent(name, n -> new Note(unit, new ArrayList<>())).values().add(value);
  }

  /** All that was noted, beside what the peer has of it; nothing is left. */
  List<Row> take(@Nullable Notes peers) {
    List<Row> rows = new ArrayList<>();
    notes.forEach(
        (name, note) -> {
          Note theirs = peers == null ? null : peers.notes.get(name);
          rows.add(
              Row.of(name, note.unit(), note.values(), theirs == null ? null : theirs.values()));
        });
    notes.clear();
    if (peers != null) {
      peers.notes.clear();
    }
    return rows;
  }
}
