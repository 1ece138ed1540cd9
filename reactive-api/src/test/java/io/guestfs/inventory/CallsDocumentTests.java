package io.guestfs.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CallsDocumentTests {

  private static final Path DOCUMENT =
      Path.of(System.getProperty("basedir", "."), "..", "docs", "calls.md");

  private final MissingCalls missing = new MissingCalls();
  private final Set<String> ours = new OurCalls().byName().keySet();
  private final List<String> upstream =
      UpstreamCall.all().stream().map(UpstreamCall::name).toList();

  @Test
  void documentIsUpToDate() throws IOException {
    assertThat(Files.readString(DOCUMENT))
        .withFailMessage("docs/calls.md is out of date: run ./dev calls")
        .isEqualTo(CallsDocument.text());
  }

  @Test
  void everyCallIsThereOrHasAReasonNotToBe() {
    assertThat(upstream)
        .filteredOn(name -> !ours.contains(name) && missing.reason(name).isEmpty())
        .as("calls that are neither declared nor in inventory/missing-calls")
        .isEmpty();
  }

  @Test
  void everyReasonIsNeeded() {
    Set<String> absent =
        upstream.stream().filter(name -> !ours.contains(name)).collect(Collectors.toSet());
    assertThat(missing.entries())
        .filteredOn(entry -> absent.stream().noneMatch(entry::matches))
        .as("lines of inventory/missing-calls to remove")
        .isEmpty();
  }

  @Test
  void everyMethodOfOursIsACallOfLibguestfs() {
    assertThat(upstream).containsAll(ours);
  }
}
