package io.guestfs.conformance;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The plain files of the test data, by name. */
final class SampleFiles {

  private static final int LARGE = 100 * 1024;

  private SampleFiles() {}

  static Map<String, byte[]> all() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("empty", new byte[0]);
    files.put("known-1", text("abc\n"));
    files.put("known-2", text("abcdef\n"));
    files.put("known-3", squares());
    files.put("known-4", text("abc\ndef\nghi"));
    files.put("known-5", text("abcdefghi\njklmnopqr"));
    files.put("test-grep.txt", text("abc\ndef\nghi\nghi\n\nabc123\nABC\n"));
    files.put("10klines", numberedAlphabets());
    files.put("100kallzeroes", new byte[LARGE]);
    files.put("100kallnewlines", text("\n".repeat(LARGE)));
    files.put("100kallspaces", text(" ".repeat(LARGE)));
    files.put("100krandom", random());
    files.put("hello.b64", text(Base64.getEncoder().encodeToString(text("hello\n")) + "\n"));
    files.put("minimal", RegistryHive.empty());
    return files;
  }

  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] squares() {
    return text(
        IntStream.rangeClosed(1, 27)
            .mapToObj(
                i ->
                    "\tline %02d   of the sample text; %d is the square of its number\n"
                        .formatted(i, i * i))
            .collect(Collectors.joining()));
  }

  private static byte[] numberedAlphabets() {
    return text(
        IntStream.range(0, 10_000)
            .mapToObj(i -> i + "abcdefghijklmnopqrstuvwxyz\n")
            .collect(Collectors.joining()));
  }

  private static byte[] random() {
    byte[] bytes = new byte[LARGE];
    new Random(0).nextBytes(bytes);
    return bytes;
  }
}
