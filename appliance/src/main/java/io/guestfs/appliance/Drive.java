package io.guestfs.appliance;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One disk of a machine, as libguestfs's {@code add_drive} describes it. Nothing is opened before
 * the launch.
 *
 * @param source where its bytes are
 * @param readOnly writes of the guest go to an overlay that is thrown away; the image is neither
 *     locked nor changed
 * @param format the format; when null that of a local file is read from its first bytes once, and
 *     anything else is {@link DiskFormat#RAW}
 * @param label name under {@code /dev/disk/guestfs} in the guest, at most {@value
 *     #MAX_LABEL_LENGTH} ASCII letters
 * @param cacheMode what becomes of flushes
 * @param discard what becomes of discarded blocks
 * @param copyOnRead what is read from a backing image is kept in the image above it
 * @param blockSize bytes of a sector as the guest sees it, 512 or 4096; 512 when null
 * @param backingChain whether the image may refer to other files (backing images, an external data
 *     file). The names of these files are in the image: allow it only for images that you trust
 */
public record Drive(
    DriveSource source,
    boolean readOnly,
    @Nullable DiskFormat format,
    @Nullable String label,
    CacheMode cacheMode,
    Discard discard,
    boolean copyOnRead,
    @Nullable Integer blockSize,
    boolean backingChain) {

  /** Limit of libguestfs, from that of a SCSI disk's serial number in qemu. */
  public static final int MAX_LABEL_LENGTH = 20;

  private static final Pattern LABEL = Pattern.compile("[a-zA-Z]{1," + MAX_LABEL_LENGTH + "}");

  /** Refuses combinations that no disk can have. */
  public Drive {
    if (label != null && !LABEL.matcher(label).matches()) {
      throw refused(source, "label \"" + label + "\" must be 1 to 20 ASCII letters");
    }
    if (blockSize != null && blockSize != 512 && blockSize != 4096) {
      throw refused(source, "block size " + blockSize + " must be 512 or 4096");
    }
    if (discard == Discard.ENABLE && readOnly) {
      throw refused(source, "discard cannot be enabled on a read-only drive");
    }
  }

  private static ApplianceConfigurationException refused(DriveSource source, String why) {
    return new ApplianceConfigurationException("drive " + source + ": " + why);
  }

  /**
   * Starts the description of a drive on a file or block device of the host.
   *
   * @param path the image
   * @return a builder: writable, format detected
   */
  public static Builder local(Path path) {
    return new Builder(new DriveSource.Local(path));
  }

  /**
   * Starts the description of a drive on an NBD server.
   *
   * @param server where the server listens
   * @param export name of the export, empty for the default one
   * @return a builder: writable, raw
   */
  public static Builder nbd(DriveSource.NbdServer server, String export) {
    return new Builder(new DriveSource.Nbd(server, export));
  }

  /**
   * Starts the description of a blank disk that goes away with the machine.
   *
   * @param sizeBytes its size
   * @return a builder
   */
  public static Builder scratch(long sizeBytes) {
    return new Builder(new DriveSource.Scratch(sizeBytes));
  }

  /**
   * Starts the description of a drive in the terms of libguestfs.
   *
   * @param protocol {@code file} or {@code nbd}
   * @param name a path for {@code file}, the name of an export for {@code nbd}
   * @param servers none for {@code file}, one for {@code nbd}; see {@link DriveSource.NbdServer#of}
   * @return a builder
   * @throws ApplianceConfigurationException when the protocol is another, or the number of servers
   */
  public static Builder of(String protocol, String name, List<String> servers) {
    switch (protocol) {
      case "file" -> {
        checkServers(protocol, servers, 0);
        return local(Path.of(name));
      }
      case "nbd" -> {
        checkServers(protocol, servers, 1);
        return nbd(DriveSource.NbdServer.of(servers.get(0)), name);
      }
      default ->
          throw new ApplianceConfigurationException(
              "drive " + name + ": protocol " + protocol + " cannot be used yet; file and nbd can");
    }
  }

  private static void checkServers(String protocol, List<String> servers, int count) {
    if (servers.size() != count) {
      throw new ApplianceConfigurationException(
          "protocol %s takes %d servers, not %d".formatted(protocol, count, servers.size()));
    }
  }

  /** Collects the options of a drive; each has the default of libguestfs. */
  public static final class Builder {

    private final DriveSource source;
    private boolean readOnly;
    private @Nullable DiskFormat format;
    private @Nullable String label;
    private CacheMode cacheMode = CacheMode.WRITEBACK;
    private Discard discard = Discard.DISABLE;
    private boolean copyOnRead;
    private @Nullable Integer blockSize;
    private boolean backingChain;

    private Builder(DriveSource source) {
      this.source = source;
    }

    /**
     * Sets whether writes are thrown away.
     *
     * @param readOnly see {@link Drive#readOnly}
     * @return this
     */
    public Builder readOnly(boolean readOnly) {
      this.readOnly = readOnly;
      return this;
    }

    /**
     * States the format.
     *
     * @param format see {@link Drive#format}
     * @return this
     */
    public Builder format(@Nullable DiskFormat format) {
      this.format = format;
      return this;
    }

    /**
     * Names the disk.
     *
     * @param label see {@link Drive#label}
     * @return this
     */
    public Builder label(@Nullable String label) {
      this.label = label;
      return this;
    }

    /**
     * Sets what becomes of flushes.
     *
     * @param cacheMode see {@link Drive#cacheMode}
     * @return this
     */
    public Builder cacheMode(CacheMode cacheMode) {
      this.cacheMode = cacheMode;
      return this;
    }

    /**
     * Sets what becomes of discarded blocks.
     *
     * @param discard see {@link Drive#discard}
     * @return this
     */
    public Builder discard(Discard discard) {
      this.discard = discard;
      return this;
    }

    /**
     * Sets whether reads fill the top image.
     *
     * @param copyOnRead see {@link Drive#copyOnRead}
     * @return this
     */
    public Builder copyOnRead(boolean copyOnRead) {
      this.copyOnRead = copyOnRead;
      return this;
    }

    /**
     * Sets the size of a sector.
     *
     * @param blockSize see {@link Drive#blockSize}
     * @return this
     */
    public Builder blockSize(@Nullable Integer blockSize) {
      this.blockSize = blockSize;
      return this;
    }

    /**
     * Allows the image to refer to other files.
     *
     * @param backingChain see {@link Drive#backingChain}
     * @return this
     */
    public Builder backingChain(boolean backingChain) {
      this.backingChain = backingChain;
      return this;
    }

    /**
     * Makes the drive.
     *
     * @return the description
     * @throws ApplianceConfigurationException when the options contradict each other
     */
    public Drive build() {
      return new Drive(
          source, readOnly, format, label, cacheMode, discard, copyOnRead, blockSize, backingChain);
    }
  }
}
