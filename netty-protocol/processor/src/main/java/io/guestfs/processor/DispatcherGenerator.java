package io.guestfs.processor;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.guestfs.protocol.call.ArgumentType;
import io.guestfs.protocol.call.ResultType;
import io.guestfs.protocol.call.Role;
import io.guestfs.protocol.call.Transfer;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/**
 * Writes the class that calls a family's handler. It is one switch and not a table of lambdas,
 * since each lambda costs the daemon's start time.
 */
final class DispatcherGenerator {

  private final Family family;

  private DispatcherGenerator(Family family) {
    this.family = family;
  }

  static JavaFile generate(Family family) {
    return new DispatcherGenerator(family).generate();
  }

  private JavaFile generate() {
    ClassName name = Names.dispatcher(family.type());
    ClassName handler = Names.handler(family.type());
    TypeSpec.Builder type =
        TypeSpec.classBuilder(name)
            .addModifiers(Modifier.FINAL)
            .addField(handler, "handler", Modifier.PRIVATE, Modifier.FINAL)
            .addMethod(
                MethodSpec.constructorBuilder()
                    .addParameter(handler, "handler")
                    .addStatement("this.handler = handler")
                    .build())
            .addMethod(dispatch());
    return Code.file(name, type);
  }

  private MethodSpec dispatch() {
    CodeBlock.Builder code = CodeBlock.builder();
    code.addStatement("$T roles = context.roles()", Names.wire(family.type(), "Roles"));
    code.beginControlFlow("switch (procedure)");
    for (CallModel call : family.remoteCalls()) {
      code.add("case $L:\n$>", call.remote().number());
      CodeBlock invocation = CodeBlock.of("handler.$L($L)", call.javaName(), arguments(call));
      if (call.result().kind() == ResultType.Kind.VOID) {
        code.addStatement("$L", invocation).addStatement("return null");
      } else {
        code.addStatement("return $L", result(call.result(), invocation));
      }
      code.add("$<");
    }
    code.add("default:\n$>")
        .addStatement("throw new $T(procedure)", AssertionError.class)
        .add("$<");
    code.endControlFlow();
    return MethodSpec.methodBuilder("dispatch")
        .addAnnotation(Code.UNCHECKED)
        .returns(Code.nullable(ClassName.get(Object.class)))
        .addParameter(TypeName.INT, "procedure")
        .addParameter(ArrayTypeName.of(Code.nullable(ClassName.get(Object.class))), "arguments")
        .addParameter(Names.wire(family.type(), "CallContext"), "context")
        .addCode(code.build())
        .build();
  }

  private CodeBlock arguments(CallModel call) {
    List<CodeBlock> arguments = new ArrayList<>();
    int position = 0;
    for (ParameterModel parameter : call.parameters()) {
      arguments.add(
          parameter.isFile()
              ? CodeBlock.of("context.incoming()")
              : argument(parameter, position++));
    }
    if (call.options() != null) {
      arguments.add(
          CodeBlock.of("new $T((Object[]) arguments[$L])", call.options().type(), position));
    }
    if (call.transfer() == Transfer.DOWNLOAD) {
      arguments.add(CodeBlock.of("context.outgoing()"));
    }
    if (call.remote().progress()) {
      arguments.add(CodeBlock.of("context.progress()"));
    }
    return CodeBlock.join(arguments, ",$W");
  }

  private CodeBlock argument(ParameterModel parameter, int position) {
    CodeBlock raw = CodeBlock.of("($T) arguments[$L]", readType(parameter), position);
    if (parameter.role() == Role.PLAIN || parameter.role() == Role.CONTENT) {
      return raw;
    }
    String plural = parameter.isList() ? "s" : "";
    return CodeBlock.of("roles.$L$L($L)", roleMethod(parameter.role()), plural, raw);
  }

  /** What an argument is when it was read, before it plays its role. */
  private static TypeName readType(ParameterModel parameter) {
    TypeName bytes = ArrayTypeName.of(TypeName.BYTE);
    if (parameter.type() == ArgumentType.KEY) {
      return bytes;
    }
    return parameter.type() == ArgumentType.FILENAME_LIST
        ? ParameterizedTypeName.get(Code.LIST, bytes)
        : Code.boxed(parameter.javaType());
  }

  private CodeBlock result(ResultModel result, CodeBlock invocation) {
    return switch (result.kind()) {
      case STRING ->
          result.role() == Role.PLAIN ? invocation : CodeBlock.of("roles.name($L)", invocation);
      case STRING_LIST ->
          result.role() == Role.PLAIN
              ? invocation
              : CodeBlock.of("roles.$LNames($L)", roleMethod(result.role()), invocation);
      case HASHTABLE ->
          result.role() == Role.PLAIN && result.valueRole() == Role.PLAIN
              ? invocation
              : CodeBlock.of("roles.namesInMap($L)", invocation);
      default -> invocation;
    };
  }

  private static String roleMethod(Role role) {
    return switch (role) {
      case DEVICE -> "device";
      case MOUNTABLE -> "mountable";
      case PATHNAME -> "path";
      case FILENAME -> "filename";
      case DEVICE_OR_PATH -> "deviceOrPath";
      case MOUNTABLE_OR_PATH -> "mountableOrPath";
      case GUID -> "guid";
      case KEY -> "key";
      case PLAIN, CONTENT -> throw new IllegalStateException("nothing to translate");
    };
  }
}
