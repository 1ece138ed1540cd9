package io.guestfs.processor;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import io.guestfs.protocol.call.Transfer;
import javax.lang.model.element.Modifier;

/** Writes the interface by which a daemon serves a family. */
final class HandlerGenerator {

  private HandlerGenerator() {}

  static JavaFile generate(Family family) {
    ClassName name = Names.handler(family.type());
    TypeSpec.Builder type =
        TypeSpec.interfaceBuilder(name)
            .addModifiers(Modifier.PUBLIC)
            .addJavadoc(
                "Serves the calls of {@link $T}, blocking; an exception becomes the error reply.\n",
                family.type());
    HandlerTypes types = new HandlerTypes(family.type());
    for (CallModel call : family.remoteCalls()) {
      type.addMethod(method(family, types, call));
    }
    return Code.file(name, type);
  }

  private static MethodSpec method(Family family, HandlerTypes types, CallModel call) {
    MethodSpec.Builder method =
        MethodSpec.methodBuilder(call.javaName())
            .addModifiers(Modifier.PUBLIC, Modifier.ABSTRACT)
            .addJavadoc("Serves {@code $L}.\n", call.name())
            .returns(types.result(call.result()));
    for (ParameterModel parameter : call.parameters()) {
      method.addParameter(types.argument(parameter), parameter.javaName());
    }
    if (call.options() != null) {
      method.addParameter(call.options().type(), "options");
    }
    if (call.transfer() == Transfer.DOWNLOAD) {
      method.addParameter(Names.wire(family.type(), "OutgoingFile"), downloadName(call));
    }
    if (call.remote().progress()) {
      method.addParameter(Names.wire(family.type(), "Progress"), "progress");
    }
    return method.build();
  }

  /** Some calls have an argument that is called as the content otherwise is. */
  private static String downloadName(CallModel call) {
    boolean taken =
        call.parameters().stream().anyMatch(parameter -> parameter.javaName().equals("file"));
    return taken ? "outgoing" : "file";
  }
}
