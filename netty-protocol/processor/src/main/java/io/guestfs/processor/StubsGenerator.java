package io.guestfs.processor;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import io.guestfs.protocol.call.Transfer;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;

/**
 * Writes, for a client interface, one package-private interface per family that implements the
 * family's calls, one that says which calls the library has to implement, and one over all.
 */
final class StubsGenerator {

  private final ClassName client;

  StubsGenerator(TypeElement client) {
    this.client = ClassName.get(client);
  }

  List<JavaFile> generate(List<Family> families) {
    List<JavaFile> files = new ArrayList<>();
    ClassName all = ClassName.get(client.packageName(), client.simpleName() + "Stubs");
    TypeSpec.Builder allStubs =
        TypeSpec.interfaceBuilder(all)
            .addJavadoc("All calls of {@link $T}.\n", client)
            .addSuperinterface(client);
    for (Family family : families) {
      ClassName stubs = Names.stubs(client.packageName(), family.type());
      allStubs.addSuperinterface(stubs);
      files.add(Code.file(stubs, stubs(family, stubs)));
      if (!family.libraryCalls().isEmpty()) {
        ClassName library = Names.library(client.packageName(), family.type());
        files.add(Code.file(library, library(family, library)));
      }
    }
    files.add(Code.file(all, allStubs));
    return files;
  }

  private TypeSpec.Builder stubs(Family family, ClassName name) {
    TypeSpec.Builder type =
        TypeSpec.interfaceBuilder(name)
            .addJavadoc("The calls of {@link $T}.\n", family.type())
            .addSuperinterface(family.type());
    if (!family.remoteCalls().isEmpty()) {
      type.addMethod(
          MethodSpec.methodBuilder("invoker")
              .addModifiers(Modifier.PUBLIC, Modifier.ABSTRACT)
              .returns(ClassName.get(client.packageName(), "CallInvoker"))
              .build());
    }
    if (!family.libraryCalls().isEmpty()) {
      type.addMethod(
          MethodSpec.methodBuilder(libraryGetter(family))
              .addModifiers(Modifier.PUBLIC, Modifier.ABSTRACT)
              .returns(Names.library(client.packageName(), family.type()))
              .build());
    }
    for (CallModel call : family.calls()) {
      CodeBlock body = call.isRemote() ? remoteBody(family, call) : libraryBody(family, call);
      type.addMethod(
          signature(call)
              .addAnnotation(Override.class)
              .addModifiers(Modifier.PUBLIC, Modifier.DEFAULT)
              .addStatement("return $L", body)
              .build());
    }
    return type;
  }

  private static TypeSpec.Builder library(Family family, ClassName name) {
    TypeSpec.Builder type =
        TypeSpec.interfaceBuilder(name)
            .addJavadoc("The calls of {@link $T} that the library does itself.\n", family.type());
    for (CallModel call : family.libraryCalls()) {
      type.addMethod(signature(call).addModifiers(Modifier.PUBLIC, Modifier.ABSTRACT).build());
    }
    return type;
  }

  private static MethodSpec.Builder signature(CallModel call) {
    MethodSpec.Builder method =
        MethodSpec.methodBuilder(call.javaName()).returns(call.result().javaType());
    if (call.method().getAnnotation(Deprecated.class) != null) {
      method.addAnnotation(Deprecated.class);
    }
    for (ParameterModel parameter : call.parameters()) {
      method.addParameter(Code.declaredType(parameter), parameter.javaName());
    }
    if (call.options() != null) {
      method.addParameter(call.options().type(), "options");
    }
    return method;
  }

  private static CodeBlock remoteBody(Family family, CallModel call) {
    CodeBlock.Builder code =
        CodeBlock.builder()
            .add(
                "invoker().$L($T.$L, $L",
                invocation(call),
                Names.descriptors(family.type()),
                Names.constant(call.name()),
                call.options() == null ? "null" : "options");
    for (ParameterModel parameter : call.parameters()) {
      if (parameter.isFile()) {
        code.add(", $L", parameter.javaName());
      }
    }
    CodeBlock arguments =
        call.wireParameters().stream()
            .map(parameter -> CodeBlock.of("$L", parameter.javaName()))
            .collect(CodeBlock.joining(", "));
    return code.add(", new Object[] {$L})", arguments).build();
  }

  private static String invocation(CallModel call) {
    if (call.transfer() == Transfer.UPLOAD) {
      return "upload";
    }
    return switch (call.result().shape()) {
      case SINGLE -> "call";
      case LIST -> "list";
      case FILE -> "download";
    };
  }

  private static CodeBlock libraryBody(Family family, CallModel call) {
    List<CodeBlock> arguments = new ArrayList<>();
    for (ParameterModel parameter : call.parameters()) {
      arguments.add(CodeBlock.of("$L", parameter.javaName()));
    }
    if (call.options() != null) {
      arguments.add(CodeBlock.of("options"));
    }
    return CodeBlock.of(
        "$L().$L($L)", libraryGetter(family), call.javaName(), CodeBlock.join(arguments, ", "));
  }

  private static String libraryGetter(Family family) {
    return Names.decapitalised(family.type().simpleName()) + "Library";
  }
}
