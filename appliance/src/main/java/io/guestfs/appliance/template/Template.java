package io.guestfs.appliance.template;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A saved machine: its memory in one file, the state of its devices in another. The two belong
 * together and are never rewritten; a template is replaced by one of another name.
 */
public final class Template {

  static final String RAM = "ram";
  static final String STATE = "state";
  private static final String RECORD = "template.properties";

  private final Path directory;
  private final Warmth warmth;
  private final String qemuVersion;
  private final byte[] state;

  private Template(Path directory, Warmth warmth, String qemuVersion, byte[] state) {
    this.directory = directory;
    this.warmth = warmth;
    this.qemuVersion = qemuVersion;
    this.state = state;
  }

  /** Writes down what {@link #open} compares, when the files are complete. */
  static void seal(Path directory, String key, Warmth warmth, String qemuVersion)
      throws IOException {
    Properties record = new Properties();
    record.setProperty("key", key);
    record.setProperty("warmth", warmth.word());
    record.setProperty("qemu", qemuVersion);
    record.setProperty("ram", FileIdentity.ofFile(directory.resolve(RAM)));
    record.setProperty("state", checksum(Files.readAllBytes(directory.resolve(STATE))));
    try (Writer out =
        Files.newBufferedWriter(TemplateStore.createPrivate(directory.resolve(RECORD)))) {
      record.store(out, null);
    }
  }

  /**
   * Opens a template, and trusts nothing.
   *
   * @throws TemplateException when anything is not as it was sealed
   * @throws IOException when it cannot be read
   */
  static Template open(Path directory, String key) throws IOException {
    Ownership.requirePrivate(directory);
    Ownership.requirePrivate(directory.resolve(RAM));
    Properties record = new Properties();
    try (Reader in = Files.newBufferedReader(directory.resolve(RECORD))) {
      record.load(in);
    } catch (IllegalArgumentException e) {
      throw damaged(directory, "its record is garbled", e);
    }
    require(directory, "its key", key, record.getProperty("key"));
    require(
        directory,
        "its memory",
        FileIdentity.ofFile(directory.resolve(RAM)),
        record.getProperty("ram"));
    byte[] state = Files.readAllBytes(directory.resolve(STATE));
    require(directory, "its device state", checksum(state), record.getProperty("state"));
    Warmth warmth = Warmth.of(record.getProperty("warmth"));
    if (warmth == null) {
      throw damaged(directory, "its record does not say how warm it is", null);
    }
    return new Template(directory, warmth, record.getProperty("qemu", ""), state);
  }

  /**
   * The file of the memory.
   *
   * @return its path
   */
  public Path ram() {
    return directory.resolve(RAM);
  }

  /**
   * The state of the devices, as qemu's migration stream.
   *
   * @return the content; not to be changed
   */
  public byte[] state() {
    return state;
  }

  /**
   * The version of the qemu that saved it.
   *
   * @return as its monitor says
   */
  public String qemuVersion() {
    return qemuVersion;
  }

  /**
   * Whether its daemon has warmed up; if not, every machine that runs from it is slow at first.
   *
   * @return whether there is nothing to be gained by warming it
   */
  public boolean isWarm() {
    return warmth == Warmth.WARM;
  }

  /**
   * Whether it has been removed since it was found, as one is that another takes the place of; may
   * block.
   *
   * @return whether to look for another
   */
  public boolean isGone() {
    return !Files.exists(directory);
  }

  /** Where it is. */
  Path directory() {
    return directory;
  }

  @Override
  public String toString() {
    return directory.toString();
  }

  private static void require(
      Path directory, String what, String expected, @Nullable String found) {
    if (!expected.equals(found)) {
      throw damaged(directory, what + " is not what was saved", null);
    }
  }

  private static TemplateException damaged(Path directory, String how, @Nullable Exception cause) {
    return new TemplateException("the template " + directory + " is damaged: " + how, cause);
  }

  private static String checksum(byte[] content) {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    return content.length + " " + Long.toHexString(checksum.getValue());
  }
}
