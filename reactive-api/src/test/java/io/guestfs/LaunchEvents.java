package io.guestfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestfs.appliance.ApplianceEvent.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Listens to launches. As an extension of a test it fails one in which a launch warned, as one does
 * that boots for want of a template, unless the test has asked for the {@link #warnings}. That KVM
 * does not work, which the first launch on such a machine says, is no fault.
 */
public final class LaunchEvents implements Consumer<GuestfsEvent>, AfterEachCallback {

  private static final String WITHOUT_KVM = "KVM does not work here";

  private final Queue<Phase> phases = new ConcurrentLinkedQueue<>();
  private final Queue<String> warnings = new ConcurrentLinkedQueue<>();

  @Override
  public void accept(GuestfsEvent event) {
    if (event instanceof GuestfsEvent.LaunchPhase launch) {
      phases.add(launch.phase());
    } else if (event instanceof GuestfsEvent.Warning warning
        && !warning.message().startsWith(WITHOUT_KVM)) {
      warnings.add(warning.message());
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    assertThat(warnings()).as("warnings that the test does not expect").isEmpty();
  }

  /** Those of all launches. */
  List<Phase> phases() {
    return List.copyOf(phases);
  }

  /** The warnings since this was asked last: what a test provokes, it has to ask for. */
  List<String> warnings() {
    List<String> taken = new ArrayList<>();
    for (String next = warnings.poll(); next != null; next = warnings.poll()) {
      taken.add(next);
    }
    return taken;
  }
}
