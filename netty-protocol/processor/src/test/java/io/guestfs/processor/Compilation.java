package io.guestfs.processor;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Compiles declarations with the processor. */
record Compilation(boolean succeeded, List<String> messages, String generated) {

  static Compilation of(Path folder, String... sources) {
    JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(diagnostics, Locale.ROOT, StandardCharsets.UTF_8)) {
      Files.createDirectories(folder);
      files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(folder));
      files.setLocationFromPaths(StandardLocation.SOURCE_OUTPUT, List.of(folder));
      List<JavaFileObject> units = new ArrayList<>();
      for (int i = 0; i < sources.length; i++) {
        units.add(new Source("/io/guestfs/calls/Source" + i + ".java", sources[i]));
      }
      JavaCompiler.CompilationTask task =
          compiler.getTask(
              new StringWriter(), files, diagnostics, List.of("-proc:only"), null, units);
      task.setProcessors(List.of(new CallProcessor()));
      boolean succeeded = task.call();
      List<String> messages =
          diagnostics.getDiagnostics().stream().map(d -> d.getMessage(Locale.ROOT)).toList();
      return new Compilation(succeeded, messages, generated(folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String generated(Path folder) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }

  /** Any name will do, since the declarations are not compiled further than the processor. */
  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("string://" + name), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public boolean isNameCompatible(String simpleName, Kind kind) {
      return !simpleName.endsWith("-info");
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
