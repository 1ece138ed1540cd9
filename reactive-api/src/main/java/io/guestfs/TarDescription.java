package io.guestfs;

import io.guestfs.TarHeader.MemberType;
import io.guestfs.protocol.xdr.GuestString;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a tar archive says of a member in front of its head, because it does not fit into that. */
final class TarDescription {

  private @Nullable String name;
  private @Nullable String linkName;
  private @Nullable Long size;
  private @Nullable Long seconds;
  private @Nullable Long uid;
  private @Nullable Long gid;

  /** Takes the content of a member that describes the next one. */
  void add(MemberType type, byte[] content) throws IOException {
    String text = GuestString.decode(content);
    switch (type) {
      case LONG_NAME -> name = withoutNul(text);
      case LONG_LINK_NAME -> linkName = withoutNul(text);
      case ATTRIBUTES -> addAttributes(content);
      default -> {
        // What is said of all members are comments, or defaults of what is not used here.
      }
    }
  }

  /** The head of the next member, with what was said of it, which is forgotten then. */
  TarHeader complete(TarHeader head) {
    switch (head.type()) {
      case LONG_NAME, LONG_LINK_NAME, ATTRIBUTES, ATTRIBUTES_OF_ALL -> {
        return head;
      }
      default -> {}
    }
    TarHeader complete =
        new TarHeader(
            name == null ? head.name() : name,
            head.type(),
            head.mode(),
            uid == null ? head.uid() : uid,
            gid == null ? head.gid() : gid,
            size == null ? head.size() : size,
            seconds == null ? head.seconds() : seconds,
            linkName == null ? head.linkName() : linkName,
            head.device());
    name = null;
    linkName = null;
    size = null;
    seconds = null;
    uid = null;
    gid = null;
    return complete;
  }

  /** Records of the form {@code "LENGTH NAME=VALUE\n"}, the length being that of the record. */
  private void addAttributes(byte[] records) throws IOException {
    int start = 0;
    while (start < records.length) {
      int space = indexOf(records, ' ', start);
      int end = start + lengthOf(records, start, space);
      int equals = indexOf(records, '=', space);
      if (end > records.length || equals >= end || end <= space) {
        throw damaged();
      }
      String key = text(records, space + 1, equals);
      addAttribute(key, text(records, equals + 1, end - 1));
      start = end;
    }
  }

  private void addAttribute(String key, String value) throws IOException {
    switch (key) {
      case "path" -> name = value;
      case "linkpath" -> linkName = value;
      case "size" -> size = parse(value);
      case "mtime" -> seconds = parseSeconds(value);
      case "uid" -> uid = parse(value);
      case "gid" -> gid = parse(value);
      default -> {
        // Attributes that the head has, too, or that are not copied.
      }
    }
  }

  private static int lengthOf(byte[] records, int start, int space) throws IOException {
    long length = parse(text(records, start, space));
    if (length > records.length) {
      throw damaged();
    }
    return (int) length;
  }

  private static long parse(String digits) throws IOException {
    try {
      long number = Long.parseLong(digits);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IOException("a tar archive is damaged: '" + digits + "' is not a number", e);
    }
    throw damaged();
  }

  /** A number with a fraction, which is left out. */
  private static long parseSeconds(String decimal) throws IOException {
    int point = decimal.indexOf('.');
    String whole = point < 0 ? decimal : decimal.substring(0, point);
    boolean isBelowZero = whole.startsWith("-");
    long amount = parse(isBelowZero ? whole.substring(1) : whole);
    return isBelowZero ? -amount : amount;
  }

  private static int indexOf(byte[] bytes, char wanted, int start) throws IOException {
    for (int i = start; i < bytes.length; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    throw damaged();
  }

  private static String text(byte[] bytes, int start, int end) {
    return GuestString.decode(Arrays.copyOfRange(bytes, start, end));
  }

  private static String withoutNul(String text) {
    int nul = text.indexOf('\0');
    return nul < 0 ? text : text.substring(0, nul);
  }

  private static IOException damaged() {
    return new IOException("a tar archive is damaged: attributes of a member cannot be read");
  }
}
