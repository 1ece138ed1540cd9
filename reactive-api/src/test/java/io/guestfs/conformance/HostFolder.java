package io.guestfs.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The folder on the host in which the tests run, as far as names of files go, and what stands for
 * facts about files in it.
 *
 * @param path {@code $srcdir}, and the current folder
 */
record HostFolder(Path path) {

  private static final Pattern FACT =
      Pattern.compile("\\{\\{(md5|size):([^:}]*)(?::(-?\\d+))?\\}\\}");

  /** A file of the host. */
  Path resolve(String name) {
    return path.resolve(name.replace("$srcdir", path.toString())).normalize();
  }

  /** Puts in what stands for the MD5, or the size, of a file beside the folder. */
  String expand(String text) {
    return FACT.matcher(text).replaceAll(this::fact);
  }

  private String fact(MatchResult fact) {
    String name = fact.group(2);
    if (fact.group(1).equals("md5")) {
      return md5(name);
    }
    String delta = fact.group(3);
    try {
      return String.valueOf(Files.size(beside(name)) + (delta == null ? 0 : Long.parseLong(delta)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The MD5 of a file of the host, in hexadecimal. */
  String md5(String name) {
    try {
      byte[] content = Files.readAllBytes(beside(name));
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** A bare name is of a file beside the folder. */
  private Path beside(String name) {
    Path file = resolve(name);
    return Files.exists(file) ? file : resolve("../" + name);
  }
}
