package io.guestfs.appliance.launch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.guestfs.appliance.ApplianceConfigurationException;
import io.guestfs.appliance.ApplianceLaunchException;
import io.guestfs.appliance.disk.Placeholder;
import io.guestfs.appliance.disk.PreparedDrive;
import io.guestfs.appliance.qemu.QemuCommandLine;
import io.guestfs.appliance.qemu.QmpClient;
import io.guestfs.appliance.qemu.QmpException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Plugs drives into a machine through its monitor. The same for a machine that has not run its
 * first instruction and for one that runs, and every refusal of qemu belongs to one drive.
 */
final class DriveAttacher {

  /** What qemu says when another process has locked the image (its {@code file-posix.c}). */
  private static final Pattern LOCKED = Pattern.compile("Failed to (get .*lock|lock byte)");

  private final QmpClient monitor;
  private final MachineFiles files;

  DriveAttacher(QmpClient monitor, MachineFiles files) {
    this.monitor = monitor;
    this.files = files;
  }

  /** Of a machine without any. */
  Mono<Void> attach(List<PreparedDrive> drives) {
    return attach(drives, this::plug);
  }

  /** Of a machine with a {@link Placeholder}, of which nothing is left. */
  Mono<Void> replacePlaceholder(List<PreparedDrive> drives) {
    Mono<Void> attached =
        attach(drives, drive -> drive.takesPlaceholder() ? replace(drive) : plug(drive));
    return drives.stream().anyMatch(PreparedDrive::takesPlaceholder)
        ? attached
        : monitor.execute("device_del", Placeholder.removal()).then(attached);
  }

  private Mono<Void> attach(
      List<PreparedDrive> drives, Function<PreparedDrive, Mono<Void>> connect) {
    return Flux.fromIterable(drives)
        .concatMap(drive -> run(drive, "blockdev-add", drive.baseNode()))
        .then(Mono.defer(() -> sizes(drives)))
        .flatMapMany(
            sizes ->
                Flux.fromIterable(drives)
                    .concatMap(drive -> overlay(drive, sizes).then(connect.apply(drive))))
        .then();
  }

  private Mono<Void> plug(PreparedDrive drive) {
    return run(drive, "device_add", drive.device(QemuCommandLine.SCSI_BUS));
  }

  private Mono<Void> replace(PreparedDrive drive) {
    return run(drive, "qom-set", drive.inPlaceholder());
  }

  /** All nodes in one answer, since asking for each would answer with all of them too. */
  private Mono<JsonNode> sizes(List<PreparedDrive> drives) {
    if (drives.stream().noneMatch(PreparedDrive::needsOverlay)) {
      return Mono.just(JsonNodeFactory.instance.arrayNode());
    }
    ObjectNode flat = JsonNodeFactory.instance.objectNode().put("flat", true);
    return monitor.execute("query-named-block-nodes", flat);
  }

  private Mono<Void> overlay(PreparedDrive drive, JsonNode nodes) {
    if (!drive.needsOverlay()) {
      return Mono.empty();
    }
    Path file = files.overlay(drive.baseName());
    return blocking(
            () -> {
              drive.createOverlay(file, size(drive, nodes));
              files.handOver(file);
            })
        .then(Mono.defer(() -> run(drive, "blockdev-add", drive.overlayNode(file))))
        // qemu has it open now; without a name it cannot be left behind.
        .then(blocking(() -> Files.delete(file)));
  }

  private static long size(PreparedDrive drive, JsonNode nodes) {
    for (JsonNode node : nodes) {
      if (node.path("node-name").asText().equals(drive.baseName())) {
        return node.path("image").path("virtual-size").asLong();
      }
    }
    throw new IllegalStateException("qemu does not know " + drive.baseName());
  }

  private Mono<Void> run(PreparedDrive drive, String command, ObjectNode arguments) {
    return monitor
        .execute(command, arguments)
        .onErrorMap(QmpException.class, e -> e.isClosed() ? e : refused(drive, e))
        .then();
  }

  private static ApplianceConfigurationException refused(PreparedDrive drive, QmpException e) {
    String said = String.valueOf(e.getMessage());
    String advice =
        LOCKED.matcher(said).find()
            ? "it is in use by another process; close that, or add the drive read-only"
            : "qemu cannot open it";
    return new ApplianceConfigurationException(
        "drive %s: %s (%s)".formatted(drive.drive().source(), advice, said), e);
  }

  private static Mono<Void> blocking(FileAction action) {
    return Mono.<Void>fromCallable(
            () -> {
              action.run();
              return null;
            })
        .onErrorMap(
            IOException.class,
            e -> new ApplianceLaunchException("no overlay can be made for a drive: " + e, e))
        .subscribeOn(Schedulers.boundedElastic());
  }

  private interface FileAction {
    void run() throws IOException;
  }
}
