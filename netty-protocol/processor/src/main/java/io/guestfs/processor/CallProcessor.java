package io.guestfs.processor;

import com.palantir.javapoet.JavaFile;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.ClientStubs;
import io.guestfs.protocol.annotation.Struct;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.tools.Diagnostic;

/** Turns declarations of calls into code; see the package for how. */
public final class CallProcessor extends AbstractProcessor {

  @Override
  public Set<String> getSupportedAnnotationTypes() {
    return Set.of(CallFamily.class.getName(), Struct.class.getName(), ClientStubs.class.getName());
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    try {
      for (Element struct : round.getElementsAnnotatedWith(Struct.class)) {
        write(StructGenerator.generate((TypeElement) struct));
      }
      List<Family> families = new ArrayList<>();
      for (Element family : round.getElementsAnnotatedWith(CallFamily.class)) {
        families.add(read((TypeElement) family));
      }
      // Compilers are given sources in any order; the generated code must not depend on it.
      families.sort(Comparator.comparing(family -> family.type().simpleName()));
      generateFamilies(families);
      for (Element client : round.getElementsAnnotatedWith(ClientStubs.class)) {
        generateStubs((TypeElement) client);
      }
    } catch (DeclarationException e) {
      processingEnv
          .getMessager()
          .printMessage(Diagnostic.Kind.ERROR, String.valueOf(e.getMessage()), e.element());
    }
    return false;
  }

  private void generateFamilies(List<Family> families) throws DeclarationException {
    if (families.isEmpty()) {
      return;
    }
    checkNumbers(families);
    for (Family family : families) {
      for (OptionsModel options : family.options()) {
        write(OptionsGenerator.generate(options));
      }
      if (!family.remoteCalls().isEmpty()) {
        write(DescriptorsGenerator.generate(family));
        write(HandlerGenerator.generate(family));
        write(DispatcherGenerator.generate(family));
      }
    }
    List<Family> served =
        families.stream().filter(family -> !family.remoteCalls().isEmpty()).toList();
    write(ProceduresGenerator.generate(served));
  }

  private static void checkNumbers(List<Family> families) throws DeclarationException {
    Map<Integer, String> seen = new HashMap<>();
    for (Family family : families) {
      for (CallModel call : family.remoteCalls()) {
        String other = seen.put(call.remote().number(), call.name());
        if (other != null) {
          throw new DeclarationException(
              call.method(),
              "procedure " + call.remote().number() + " is both " + other + " and " + call.name());
        }
      }
    }
  }

  private void generateStubs(TypeElement client) throws DeclarationException {
    List<Family> families = new ArrayList<>();
    for (TypeMirror parent : client.getInterfaces()) {
      TypeElement element = (TypeElement) ((DeclaredType) parent).asElement();
      if (element.getAnnotation(CallFamily.class) != null) {
        families.add(read(element));
      }
    }
    for (JavaFile file : new StubsGenerator(client).generate(families)) {
      write(file);
    }
  }

  private Family read(TypeElement family) throws DeclarationException {
    return new FamilyReader(processingEnv.getElementUtils()).read(family);
  }

  private void write(JavaFile file) {
    try {
      file.writeTo(processingEnv.getFiler());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
