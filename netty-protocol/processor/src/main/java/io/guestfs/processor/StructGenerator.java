package io.guestfs.processor;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.guestfs.protocol.annotation.Struct;
import io.guestfs.protocol.call.FieldType;
import io.guestfs.protocol.call.StructType;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/** Writes the table of a structure, and how its record is made and taken apart. */
final class StructGenerator {

  private StructGenerator() {}

  static JavaFile generate(TypeElement record) throws DeclarationException {
    if (record.getKind() != ElementKind.RECORD) {
      throw new DeclarationException(record, "a structure is a record");
    }
    ClassName recordName = ClassName.get(record);
    ClassName name = Names.struct(recordName);
    TypeSpec.Builder type =
        TypeSpec.classBuilder(name)
            .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
            .addJavadoc("The structure {@link $T}.\n", recordName)
            .superclass(ParameterizedTypeName.get(ClassName.get(StructType.class), recordName))
            .addField(
                FieldSpec.builder(name, "TYPE", Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                    .addJavadoc("The only instance.\n")
                    .initializer("new $T()", name)
                    .build())
            .addMethod(constructor(record))
            .addMethod(create(record, recordName))
            .addMethod(values(record, recordName));
    return Code.file(name, type);
  }

  private static MethodSpec constructor(TypeElement record) throws DeclarationException {
    TypeReader types = new TypeReader();
    List<CodeBlock> arguments = new ArrayList<>();
    arguments.add(CodeBlock.of("$S", record.getAnnotation(Struct.class).name()));
    for (RecordComponentElement component : components(record)) {
      String field = types.fieldType(component, component.asType());
      arguments.add(CodeBlock.of("$T.$L", FieldType.class, field));
    }
    return MethodSpec.constructorBuilder()
        .addModifiers(Modifier.PRIVATE)
        .addStatement("super($L)", CodeBlock.join(arguments, ",$W"))
        .build();
  }

  private static MethodSpec create(TypeElement record, ClassName recordName) {
    List<CodeBlock> arguments = new ArrayList<>();
    for (RecordComponentElement component : components(record)) {
      TypeName type = TypeName.get(component.asType()).withoutAnnotations();
      arguments.add(CodeBlock.of("($T) values[$L]", Code.boxed(type), arguments.size()));
    }
    return MethodSpec.methodBuilder("create")
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PROTECTED)
        .returns(recordName)
        .addParameter(ArrayTypeName.of(Object.class), "values")
        .addStatement("return new $T($L)", recordName, CodeBlock.join(arguments, ",$W"))
        .build();
  }

  private static MethodSpec values(TypeElement record, ClassName recordName) {
    List<CodeBlock> values = new ArrayList<>();
    for (RecordComponentElement component : components(record)) {
      values.add(CodeBlock.of("struct.$L()", component.getSimpleName()));
    }
    return MethodSpec.methodBuilder("values")
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PROTECTED)
        .returns(ArrayTypeName.of(Object.class))
        .addParameter(recordName, "struct")
        .addStatement(
            "return new $T {$L}", ArrayTypeName.of(Object.class), CodeBlock.join(values, ",$W"))
        .build();
  }

  private static List<RecordComponentElement> components(TypeElement record) {
    return ElementFilter.recordComponentsIn(record.getEnclosedElements());
  }
}
