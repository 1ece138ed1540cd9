package io.guestfs.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The code that the README shows is the code of {@link Readme}, which is compiled and run. */
class ReadmeTests {

  @Test
  void readmeShowsThePrograms() throws IOException {
    String readme = Files.readString(Path.of("../README.md"));
    String source = Files.readString(Path.of("src/main/java/io/guestfs/examples/Readme.java"));
    List<String> programs =
        between(source, "// README begins\n", "    // README ends").stream()
            .map(program -> program.indent(-4))
            .toList();
    assertThat(programs).hasSize(2);
    assertThat(between(readme, "```java\n", "```")).isEqualTo(programs);
  }

  private static List<String> between(String text, String start, String end) {
    return Pattern.compile(Pattern.quote(start) + "(.*?)" + Pattern.quote(end), Pattern.DOTALL)
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .toList();
  }
}
