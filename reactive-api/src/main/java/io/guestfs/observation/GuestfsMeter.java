package io.guestfs.observation;

import io.guestfs.observation.GuestfsTag.Cardinality;
import java.util.List;

/**
 * What is measured, by the names under which it is found; {@code docs/observability.md} is them.
 */
@SuppressWarnings("ImmutableEnumChecker") // its lists are
public enum GuestfsMeter {

  /** How long calls take. */
  CALLS(
      "guestfs.calls",
      Kind.TIMER,
      "Calls, from the subscription to the last signal.",
      GuestfsTag.CALL,
      GuestfsTag.OUTCOME,
      GuestfsTag.ERRNO,
      GuestfsTag.ERROR),

  /** How long calls wait for others. */
  CALLS_QUEUE(
      "guestfs.calls.queue",
      Kind.TIMER,
      "How long calls that were sent had waited for others on their handle.",
      GuestfsTag.CALL),

  /** What waits or runs at the moment. */
  CALLS_PENDING(
      "guestfs.calls.pending",
      Kind.LONG_TASK_TIMER,
      "Calls that wait or run at the moment, and for how long they have.",
      GuestfsTag.CALL),

  /** Bytes of uploads. */
  CONTENT_SENT(
      "guestfs.content.sent",
      Kind.BYTES,
      "Content of uploads, counted as it is written.",
      GuestfsTag.CALL),

  /** Bytes of downloads. */
  CONTENT_RECEIVED(
      "guestfs.content.received",
      Kind.BYTES,
      "Content of downloads, counted as it is read.",
      GuestfsTag.CALL),

  /** How long launches take. */
  LAUNCHES(
      "guestfs.launches",
      Kind.TIMER,
      "Launches, from the subscription to the handle; also those of a pool, to the machine that"
          + " waits.",
      GuestfsTag.SOURCE,
      GuestfsTag.OUTCOME,
      GuestfsTag.ERROR),

  /** Handles that are open. */
  HANDLES_OPEN(
      "guestfs.handles.open",
      Kind.LONG_TASK_TIMER,
      "Handles on which calls are possible, and for how long they have been."),

  /** Machines that pools have ready. */
  POOL_WAITING(
      "guestfs.pool.waiting",
      Kind.GAUGE,
      "Appliances that wait for their disks, in all pools that were not closed."),

  /** Those who want a machine. */
  POOL_PENDING(
      "guestfs.pool.pending",
      Kind.GAUGE,
      "Acquisitions that wait for an appliance, in all pools that were not closed."),

  /** What a trace shows of a call. */
  CALL(
      "guestfs.call",
      Kind.OBSERVATION,
      "One call; its parent is the observation in the context of the subscriber, or else the"
          + " current one of the thread that subscribes.",
      GuestfsTag.CALL,
      GuestfsTag.OUTCOME,
      GuestfsTag.ERRNO,
      GuestfsTag.CONTENT_SENT,
      GuestfsTag.CONTENT_RECEIVED),

  /** When a call no longer waits. */
  CALL_SENT(
      "guestfs.call.sent",
      Kind.EVENT,
      "The message of the call was written; it waited for others until then.");

  /** What can be read from a meter. */
  public enum Kind {
    /** A count and a time, in the unit of the registry. */
    TIMER("timer", ""),
    /** How many there are now, and how long they have been. */
    LONG_TASK_TIMER("long task timer", ""),
    /** A count of bytes that only grows. */
    BYTES("counter", "bytes"),
    /** How many there are now. */
    GAUGE("gauge", ""),
    /** What handlers of observations make of it; the usual one for meters makes a timer. */
    OBSERVATION("observation", ""),
    /** A moment in an observation. */
    EVENT("event of an observation", "");

    private final String shown;
    private final String unit;

    Kind(String shown, String unit) {
      this.shown = shown;
      this.unit = unit;
    }

    /**
     * The unit of what is counted.
     *
     * @return empty where it is a time or a number of things
     */
    public String unit() {
      return unit;
    }

    /** For people. */
    @Override
    public String toString() {
      return shown;
    }
  }

  private final String key;
  private final Kind kind;
  private final String description;
  private final List<GuestfsTag> tags;
  private final List<String> tagKeys;

  GuestfsMeter(String key, Kind kind, String description, GuestfsTag... tags) {
    this.key = key;
    this.kind = kind;
    this.description = description;
    this.tags = List.of(tags);
    this.tagKeys =
        this.tags.stream()
            .filter(tag -> tag.cardinality() == Cardinality.LOW)
            .map(GuestfsTag::key)
            .toList();
  }

  /**
   * The name in the registry.
   *
   * @return with dots, which registries turn into what is usual with them
   */
  public String key() {
    return key;
  }

  /**
   * What can be read from it.
   *
   * @return the kind of meter
   */
  public Kind kind() {
    return kind;
  }

  /**
   * What it says.
   *
   * @return a sentence
   */
  public String description() {
    return description;
  }

  /**
   * What it is told apart by.
   *
   * @return low cardinality first
   */
  public List<GuestfsTag> tags() {
    return tags;
  }

  /** The keys of the tags that have few values, in their order. */
  List<String> tagKeys() {
    return tagKeys;
  }
}
