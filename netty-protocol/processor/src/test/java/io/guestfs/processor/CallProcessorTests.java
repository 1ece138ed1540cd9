package io.guestfs.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the processor makes of a declaration, and what it says of a wrong one. */
class CallProcessorTests {

  /** Stands in for Reactor, which the processor knows by name only. */
  private static final String MONO = "package reactor.core.publisher; public class Mono<T> {}";

  private static final String FLUX = "package reactor.core.publisher; public class Flux<T> {}";

  @TempDir Path folder;

  @Test
  void declarationBecomesTableHandlerAndDispatch() {
    Compilation compilation =
        compile("@Call(number = 3, name = \"touch\") Mono<Void> touch(@Pathname String path);");
    assertThat(compilation.generated())
        .contains("CallDescriptor<Void> TOUCH")
        .contains("new Parameter(\"path\", ArgumentType.STRING, Role.PATHNAME)")
        .contains("void touch(GuestPath path);")
        .contains("handler.touch(roles.path((String) arguments[0]));");
  }

  @Test
  void optionsBecomeAClassWithTheirDocumentation() {
    Compilation compilation =
        compile(
            """
            @Call(number = 278, name = "mkfs") Mono<Void> mkfs(String fstype, MkfsOptions options);
            /** Of mkfs. */
            @CallOptions interface Mkfs {
              /** The label. */
              String label();
            }
            """);
    assertThat(compilation.generated())
        .contains("public final class MkfsOptions extends OptionValues")
        .contains("The label.")
        .contains("public MkfsOptions label(String label)")
        .contains("public @Nullable String label()");
  }

  @Test
  void fileAndProgressReachTheHandler() {
    Compilation compilation =
        compile(
            "@Call(number = 67, name = \"download\", progress = true)"
                + " Flux<java.nio.ByteBuffer> download(String remotefilename);");
    assertThat(compilation.generated())
        .contains("Transfer.DOWNLOAD")
        .contains("void download(String remotefilename, OutgoingFile file, Progress progress);");
  }

  @Test
  void aSecretIsAKey() {
    Compilation compilation =
        compile(
            "@Call(number = 263, name = \"kill\") Mono<Void> kill(int slot, Secrets.Word key);",
            "package io.guestfs.calls; class Secrets {"
                + " static abstract class Word implements io.guestfs.protocol.call.Secret {} }");
    assertThat(compilation.generated())
        .contains("new Parameter(\"key\", ArgumentType.KEY, Role.KEY)")
        .contains("void kill(int slot, Secrets.Word key);")
        .contains("handler.kill((Integer) arguments[0], roles.key((byte[]) arguments[1]));");
  }

  @Test
  void contentIsAStringThatIsNotShown() {
    Compilation compilation =
        compile(
            "@Call(number = 44, name = \"write_file\") Mono<Void> writeFile(@Content String c);");
    assertThat(compilation.generated())
        .contains("new Parameter(\"c\", ArgumentType.STRING, Role.CONTENT)")
        .contains("void writeFile(String c);")
        .contains("handler.writeFile((String) arguments[0]);");
  }

  @Test
  void anArgumentMayBeCalledFile() {
    Compilation compilation =
        compile(
            "@Call(number = 291, name = \"compress_out\")"
                + " Flux<java.nio.ByteBuffer> compressOut(@Pathname String file);");
    assertThat(compilation.generated())
        .contains("void compressOut(GuestPath file, OutgoingFile outgoing);");
  }

  @Test
  void familyWithoutHandlerDoesNotCompile() {
    Compilation compilation =
        compile("@Call(number = 3, name = \"touch\") Mono<Void> touch(String path);");
    assertThat(compilation.generated())
        .contains("public Procedures(FileCallsHandler fileCalls)")
        .contains("return fileCalls.dispatch(procedure, arguments, context);");
  }

  @Test
  void orderOfSourcesDoesNotMatter() {
    String family =
        "package io.guestfs.calls; import io.guestfs.protocol.annotation.*;"
            + " import reactor.core.publisher.*; @CallFamily public interface %s {"
            + " @Call(number = %d, name = \"%s\") Mono<Void> %s(); }";
    String one = family.formatted("OneCalls", 1, "one", "one");
    String two = family.formatted("TwoCalls", 2, "two", "two");
    assertThat(Compilation.of(folder.resolve("a"), MONO, FLUX, one, two).generated())
        .isEqualTo(Compilation.of(folder.resolve("b"), MONO, FLUX, two, one).generated())
        .contains("public Procedures(OneCallsHandler oneCalls, TwoCallsHandler twoCalls)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Mono<Void> touch(String path);|either @Call or @LibraryCall",
        "@Call(number = 3, name = \"touch\") Mono<Void> stroke(String path);|declared as touch",
        "@Call(number = 3, name = \"touch\") void touch(String path);|a Mono or a Flux",
        "@Call(number = 3, name = \"touch\") Mono<Thread> touch();|not a result",
        "@Call(number = 3, name = \"touch\") Flux<Integer> touch();|not a result",
        "@Call(number = 3, name = \"touch\") Mono<Void> touch(Thread t);|cannot be an argument",
        "@Call(number = 3, name = \"touch\") Mono<Void> touch(float f);|cannot be an argument",
        "@Call(number = 3, name = \"touch\") Mono<Void> touch(int[] i);|cannot be an argument",
        "@Call(number=3, name=\"a\") Mono<Void> a(); @Call(number=3, name=\"b\") Mono<Void> b();"
            + "|procedure 3 is both a and b",
      })
  void wrongDeclarationIsAnError(String declaration, String message) {
    Compilation compilation = compile(declaration);
    assertThat(compilation.succeeded()).isFalse();
    assertThat(compilation.messages()).anySatisfy(m -> assertThat(m).contains(message));
  }

  @Test
  void structureIsARecord() {
    Compilation compilation =
        Compilation.of(
            folder,
            "package io.guestfs.calls; import io.guestfs.protocol.annotation.*;"
                + " @Struct(name = \"x\") class X {}");
    assertThat(compilation.messages())
        .anySatisfy(message -> assertThat(message).contains("a structure is a record"));
  }

  private Compilation compile(String members, String... more) {
    List<String> sources = new ArrayList<>(List.of(MONO, FLUX));
    sources.addAll(List.of(more));
    sources.add(
        """
        package io.guestfs.calls;
        import io.guestfs.protocol.annotation.*;
        import reactor.core.publisher.*;
        @CallFamily public interface FileCalls {
        %s
        }
        """
            .formatted(members));
    return Compilation.of(folder, sources.toArray(String[]::new));
  }
}
