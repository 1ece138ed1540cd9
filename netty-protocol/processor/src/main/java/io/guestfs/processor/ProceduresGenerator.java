package io.guestfs.processor;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import com.palantir.javapoet.WildcardTypeName;
import io.guestfs.protocol.call.CallDescriptor;
import java.util.List;
import javax.lang.model.element.Modifier;

/**
 * Writes the class that knows every procedure. Its constructor takes a handler for each family, so
 * that a family without a handler does not compile.
 */
final class ProceduresGenerator {

  private static final TypeName DESCRIPTOR =
      ParameterizedTypeName.get(
          ClassName.get(CallDescriptor.class), WildcardTypeName.subtypeOf(Object.class));

  private final List<Family> families;
  private final ClassName name;

  private ProceduresGenerator(List<Family> families) {
    this.families = families;
    this.name = Names.wire(families.get(0).type(), "Procedures");
  }

  static JavaFile generate(List<Family> families) {
    return new ProceduresGenerator(families).generate();
  }

  private JavaFile generate() {
    TypeSpec.Builder type =
        TypeSpec.classBuilder(name)
            .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
            .addJavadoc("All procedures, and their dispatch to handlers.\n")
            .addMethod(constructor())
            .addMethod(find())
            .addMethod(all())
            .addMethod(dispatch());
    for (Family family : families) {
      type.addField(
          Names.dispatcher(family.type()), field(family), Modifier.PRIVATE, Modifier.FINAL);
    }
    return Code.file(name, type);
  }

  private MethodSpec constructor() {
    MethodSpec.Builder constructor =
        MethodSpec.constructorBuilder()
            .addModifiers(Modifier.PUBLIC)
            .addJavadoc("Dispatches to these handlers.\n");
    for (Family family : families) {
      constructor
          .addParameter(Names.handler(family.type()), field(family))
          .addStatement("this.$1L = new $2T($1L)", field(family), Names.dispatcher(family.type()));
    }
    return constructor.build();
  }

  private MethodSpec find() {
    CodeBlock.Builder code = CodeBlock.builder().beginControlFlow("switch (procedure)");
    for (Family family : families) {
      for (CallModel call : family.remoteCalls()) {
        code.add("case $L:\n$>", call.remote().number())
            .addStatement("return $L", constant(family, call))
            .add("$<");
      }
    }
    code.add("default:\n$>").addStatement("return null").add("$<").endControlFlow();
    return MethodSpec.methodBuilder("find")
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
        .addJavadoc("The call of a procedure number; null when there is none.\n")
        .returns(Code.nullable(DESCRIPTOR))
        .addParameter(TypeName.INT, "procedure")
        .addCode(code.build())
        .build();
  }

  private MethodSpec all() {
    CodeBlock all =
        families.stream()
            .flatMap(f -> f.remoteCalls().stream().map(call -> constant(f, call)))
            .collect(CodeBlock.joining(",\n"));
    return MethodSpec.methodBuilder("all")
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
        .addJavadoc("All calls of the daemon, by family.\n")
        .returns(ParameterizedTypeName.get(Code.LIST, DESCRIPTOR))
        .addStatement("return $T.of(\n$L)", List.class, all)
        .build();
  }

  private MethodSpec dispatch() {
    CodeBlock.Builder code = CodeBlock.builder().beginControlFlow("switch (procedure)");
    for (Family family : families) {
      for (CallModel call : family.remoteCalls()) {
        code.add("case $L:\n", call.remote().number());
      }
      code.add("$>")
          .addStatement("return $L.dispatch(procedure, arguments, context)", field(family))
          .add("$<");
    }
    code.add("default:\n$>")
        .addStatement("throw new $T(procedure)", AssertionError.class)
        .add("$<");
    code.endControlFlow();
    return MethodSpec.methodBuilder("dispatch")
        .addModifiers(Modifier.PUBLIC)
        .addJavadoc("Serves one call that {@link #find} knows, and gives its result.\n")
        .returns(Code.nullable(ClassName.get(Object.class)))
        .addParameter(TypeName.INT, "procedure")
        .addParameter(ArrayTypeName.of(Code.nullable(ClassName.get(Object.class))), "arguments")
        .addParameter(Names.wire(families.get(0).type(), "CallContext"), "context")
        .addCode(code.build())
        .build();
  }

  private static CodeBlock constant(Family family, CallModel call) {
    return CodeBlock.of("$T.$L", Names.descriptors(family.type()), Names.constant(call.name()));
  }

  private static String field(Family family) {
    return Names.decapitalised(family.type().simpleName());
  }
}
