package io.guestfs.conformance;

import io.guestfs.CallFailedException;
import io.guestfs.Guestfs;
import io.guestfs.GuestfsException;
import io.guestfs.GuestfsState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs vectors on a machine. */
final class TestRun {

  private static final String UNDECLARED = "call not declared yet";
  private static final String GROUP = "optional group missing";

  private final TestMachine machine;
  private final DeclaredCalls calls;
  private final HostFolder host;

  TestRun(TestMachine machine, DeclaredCalls calls, HostFolder host) {
    this.machine = machine;
    this.calls = calls;
    this.host = host;
  }

  Outcome run(Vector vector) throws IOException {
    Guestfs g = machine.guestfs();
    Optional<Outcome> skipped = skipped(g, vector);
    if (skipped.isPresent()) {
      return skipped.get();
    }
    try {
      for (List<String> step : StartState.of(vector.init()).commands()) {
        calls.call(g, step);
      }
    } catch (RuntimeException e) {
      return new Outcome.Failed(vector.init() + ": " + message(e));
    }
    Outcome outcome = commands(g, vector);
    Outcome cleanup = cleanup(g, vector);
    return outcome instanceof Outcome.Passed ? cleanup : outcome;
  }

  private Optional<Outcome> skipped(Guestfs g, Vector vector) {
    String prerequisite = vector.prerequisite().path("kind").asText();
    if (prerequisite.equals("Disabled")) {
      return skip("disabled", vector.action());
    }
    Optional<String> undeclared = vector.calls().filter(name -> !calls.declares(name)).findFirst();
    if (undeclared.isPresent()) {
      return skip(UNDECLARED, undeclared.get());
    }
    Optional<String> missing = vector.groups().filter(group -> !hasGroup(g, group)).findFirst();
    if (missing.isPresent()) {
      return skip(GROUP, missing.get());
    }
    return prerequisite.equals("IfNotCrossAppliance") ? crossAppliance(g) : Optional.empty();
  }

  private static Optional<Outcome> skip(String reason, String what) {
    return Optional.of(new Outcome.Skipped(reason, what));
  }

  private boolean hasGroup(Guestfs g, String group) {
    try {
      return Boolean.TRUE.equals(calls.call(g, List.of("feature_available", group)));
    } catch (CallFailedException unknown) {
      return false;
    }
  }

  /** Programs of the host run in the guest only where both are of one kind. */
  private Optional<Outcome> crossAppliance(Guestfs g) {
    if (!calls.declares("utsname")) {
      return skip(UNDECLARED, "utsname");
    }
    Object guest = calls.call(g, List.of("utsname"));
    Results results = new Results(List.of(Objects.requireNonNull(guest)));
    String machine = System.getProperty("os.arch").replace("amd64", "x86_64");
    boolean same =
        "Linux".equals(results.value("ret", "uts_sysname"))
            && machine.equals(results.value("ret", "uts_machine"));
    return same ? Optional.empty() : skip("host and appliance differ", "utsname");
  }

  private Outcome commands(Guestfs g, Vector vector) {
    String op = vector.check().required("op").asText();
    List<@Nullable Object> results = new ArrayList<>();
    int last = vector.commands().size() - 1;
    for (int i = 0; i <= last; i++) {
      List<String> command = vector.commands().get(i);
      try {
        results.add(calls.call(g, command));
      } catch (RuntimeException e) {
        return i == last ? lastFailed(op, g, e) : failed(e);
      }
    }
    return switch (op) {
      case "runs", "runs_or_enotsup" -> new Outcome.Passed();
      case "last_fails" -> new Outcome.Failed("the last command did not fail");
      default -> checked(vector, results);
    };
  }

  private static Outcome lastFailed(String op, Guestfs g, RuntimeException e) {
    if (e instanceof CallFailedException failure && g.state() == GuestfsState.READY) {
      if (op.equals("last_fails")) {
        return new Outcome.Passed();
      }
      if (op.equals("runs_or_enotsup") && failure.errnoName().equals("ENOTSUP")) {
        return new Outcome.Skipped("not supported", failure.call());
      }
    }
    return failed(e);
  }

  private Outcome checked(Vector vector, List<@Nullable Object> results) {
    try {
      String mismatch = new Check(new Results(results), host).mismatch(vector.check());
      return mismatch.isEmpty() ? new Outcome.Passed() : new Outcome.Failed(mismatch);
    } catch (RuntimeException e) {
      return failed(e);
    }
  }

  private Outcome cleanup(Guestfs g, Vector vector) {
    Outcome outcome = new Outcome.Passed();
    for (List<String> command : vector.cleanup()) {
      try {
        calls.call(g, command);
      } catch (RuntimeException e) {
        outcome = new Outcome.Failed("cleanup: " + message(e));
      }
    }
    return outcome;
  }

  private static Outcome failed(RuntimeException e) {
    return new Outcome.Failed(message(e));
  }

  private static String message(RuntimeException e) {
    return e instanceof GuestfsException ? String.valueOf(e.getMessage()) : e.toString();
  }
}
