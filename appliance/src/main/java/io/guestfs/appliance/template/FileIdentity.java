package io.guestfs.appliance.template;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Tells whether a file is still the one that was seen, without reading it. */
final class FileIdentity {

  private FileIdentity() {}

  /** Changes when the content does, but not when the file gets another name. */
  static String ofContent(Path file) throws IOException {
    Path real = file.toRealPath();
    Map<String, Object> found = Files.readAttributes(real, "unix:ino,size,lastModifiedTime");
    return "%s %s %s %d"
        .formatted(real, found.get("ino"), found.get("size"), nanos(found, "lastModifiedTime"));
  }

  /** Changes with whatever happens to the file, also when its time stamp is set back. */
  static String ofFile(Path file) throws IOException {
    Map<String, Object> found = Files.readAttributes(file, "unix:ino,size,lastModifiedTime,ctime");
    return "%s %s %d %d"
        .formatted(
            found.get("ino"),
            found.get("size"),
            nanos(found, "lastModifiedTime"),
            nanos(found, "ctime"));
  }

  private static long nanos(Map<String, Object> attributes, String name) {
    FileTime time = (FileTime) Objects.requireNonNull(attributes.get(name));
    return time.to(TimeUnit.NANOSECONDS);
  }
}
