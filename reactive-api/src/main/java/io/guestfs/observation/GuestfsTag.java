package io.guestfs.observation;

/** What meters and observations are told apart by. No name of a file or a device is among them. */
public enum GuestfsTag {

  /** Which call. */
  CALL(
      "call",
      Cardinality.LOW,
      "The name that libguestfs gives to what is sent, such as `mkdir_p`; a call that the library"
          + " composes of others appears as those. `supports` asks whether the daemon has a call."),

  /** How it ended. */
  OUTCOME("outcome", Cardinality.LOW, "`success`, `error` or `cancelled`."),

  /** The error of the system in the guest. */
  ERRNO(
      "errno",
      Cardinality.LOW,
      "The error by its name on Linux, such as `ENOENT`; `none` when no system call was at fault,"
          + " `other` for a name that Linux does not have."),

  /** The kind of error. */
  ERROR(
      "error",
      Cardinality.LOW,
      "The exception, such as `CallFailedException`; `none` when there was none, `other` for one"
          + " that is not of this library, such as an error of what is uploaded."),

  /** Where a machine comes from. */
  SOURCE(
      "source",
      Cardinality.LOW,
      "`boot`, `template`, `pool`, or `none` when no machine was started."),

  /** Bytes of one upload. */
  CONTENT_SENT("content.sent", Cardinality.HIGH, "Bytes of content that were written; uploads."),

  /** Bytes of one download. */
  CONTENT_RECEIVED("content.received", Cardinality.HIGH, "Bytes of content that were read.");

  /** How many values there may be. */
  public enum Cardinality {
    /** Few: meters and observations have it. */
    LOW,
    /** Any number: only observations have it. */
    HIGH
  }

  /** The value of a tag that has nothing to say. */
  static final String NONE = "none";

  /** The value of a tag for what is not among the few that are known. */
  static final String OTHER = "other";

  private final String key;
  private final Cardinality cardinality;
  private final String description;

  GuestfsTag(String key, Cardinality cardinality, String description) {
    this.key = key;
    this.cardinality = cardinality;
    this.description = description;
  }

  /**
   * The name of the tag.
   *
   * @return as it stands in a registry
   */
  public String key() {
    return key;
  }

  /**
   * How many values it may have.
   *
   * @return few, or any number
   */
  public Cardinality cardinality() {
    return cardinality;
  }

  /**
   * What its values say.
   *
   * @return one or two sentences
   */
  public String description() {
    return description;
  }
}
