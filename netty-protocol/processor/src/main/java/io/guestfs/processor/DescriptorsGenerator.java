package io.guestfs.processor;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.guestfs.protocol.call.ArgumentType;
import io.guestfs.protocol.call.CallDescriptor;
import io.guestfs.protocol.call.Parameter;
import io.guestfs.protocol.call.ResultType;
import io.guestfs.protocol.call.Role;
import io.guestfs.protocol.call.Transfer;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;

/** Writes the tables of a family's calls. */
final class DescriptorsGenerator {

  private DescriptorsGenerator() {}

  static JavaFile generate(Family family) {
    ClassName name = Names.descriptors(family.type());
    TypeSpec.Builder type =
        TypeSpec.classBuilder(name)
            .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
            .addJavadoc("The calls of {@link $T} on the wire.\n", family.type())
            .addMethod(MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build());
    for (CallModel call : family.remoteCalls()) {
      type.addField(descriptor(call));
    }
    return Code.file(name, type);
  }

  private static FieldSpec descriptor(CallModel call) {
    TypeName type =
        ParameterizedTypeName.get(ClassName.get(CallDescriptor.class), resultClass(call.result()));
    List<ParameterModel> options =
        call.options() == null
            ? List.of()
            : call.options().options().stream().map(OptionsModel.Option::parameter).toList();
    return FieldSpec.builder(
            type, Names.constant(call.name()), Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
        .addJavadoc("{@code $L}.\n", call.name())
        .initializer(
            "new $T<>(\n$L,\n$S,\n$S,\n$L,\n$L,\n$T.$L,\n$L)",
            CallDescriptor.class,
            call.remote().number(),
            call.name(),
            call.remote().group(),
            parameters(call.wireParameters()),
            parameters(options),
            Transfer.class,
            call.transfer(),
            resultType(call.result()))
        .build();
  }

  private static CodeBlock parameters(List<ParameterModel> parameters) {
    CodeBlock list =
        parameters.stream().map(DescriptorsGenerator::parameter).collect(CodeBlock.joining(",$W"));
    return CodeBlock.of("$T.of($L)", List.class, list);
  }

  private static CodeBlock parameter(ParameterModel parameter) {
    CodeBlock.Builder code =
        CodeBlock.builder()
            .add(
                "new $T($S, $T.$L",
                Parameter.class,
                parameter.wireName(),
                ArgumentType.class,
                parameter.type());
    if (parameter.role() != Role.PLAIN) {
      code.add(", $T.$L", Role.class, parameter.role());
    }
    return code.add(")").build();
  }

  private static CodeBlock resultType(ResultModel result) {
    return switch (result.kind()) {
      case STRUCT ->
          CodeBlock.of("$T.struct($T.TYPE)", ResultType.class, Names.struct(result.record()));
      case STRUCT_LIST ->
          CodeBlock.of("$T.structs($T.TYPE)", ResultType.class, Names.struct(result.record()));
      default -> CodeBlock.of("$T.$L", ResultType.class, result.kind());
    };
  }

  private static TypeName resultClass(ResultModel result) {
    ClassName string = ClassName.get(String.class);
    return switch (result.kind()) {
      case VOID -> ClassName.get(Void.class);
      case INT -> ClassName.get(Integer.class);
      case INT64 -> ClassName.get(Long.class);
      case BOOL -> ClassName.get(Boolean.class);
      case STRING -> string;
      case STRING_LIST -> ParameterizedTypeName.get(Code.LIST, string);
      case HASHTABLE -> ParameterizedTypeName.get(ClassName.get(Map.class), string, string);
      case BUFFER -> TypeName.get(byte[].class);
      case STRUCT -> result.record();
      case STRUCT_LIST -> ParameterizedTypeName.get(Code.LIST, result.record());
    };
  }
}
