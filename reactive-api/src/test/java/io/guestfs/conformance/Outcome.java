package io.guestfs.conformance;

/** What came of a vector. */
sealed interface Outcome {

  /** All as it must be. */
  record Passed() implements Outcome {}

  /** Something is not. */
  record Failed(String why) implements Outcome {}

  /**
   * It was not run, or it says nothing.
   *
   * @param reason one of few
   * @param what the call, or the group
   */
  record Skipped(String reason, String what) implements Outcome {}
}
