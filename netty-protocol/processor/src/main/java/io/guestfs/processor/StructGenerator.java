package io.guestfs.processor;

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
import io.guestfs.protocol.call.HyperStructType;
import io.guestfs.protocol.call.StructType;
import io.guestfs.protocol.xdr.XdrReader;
import io.guestfs.protocol.xdr.XdrWriter;
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
    boolean hypers = isOfHypers(record);
    Class<?> supertype = hypers ? HyperStructType.class : StructType.class;
    TypeSpec.Builder type =
        TypeSpec.classBuilder(name)
            .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
            .addJavadoc("The structure {@link $T}.\n", recordName)
            .superclass(ParameterizedTypeName.get(ClassName.get(supertype), recordName))
            .addField(
                FieldSpec.builder(name, "TYPE", Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                    .addJavadoc("The only instance.\n")
                    .initializer("new $T()", name)
                    .build())
            .addMethod(constructor(record))
            .addMethod(read(record, recordName))
            .addMethod(hypers ? put(record, recordName) : write(record, recordName));
    if (hypers) {
      type.addMethod(get(record, recordName));
    }
    return Code.file(name, type);
  }

  private static MethodSpec constructor(TypeElement record) throws DeclarationException {
    List<CodeBlock> arguments = new ArrayList<>();
    arguments.add(CodeBlock.of("$S", record.getAnnotation(Struct.class).name()));
    for (RecordComponentElement component : components(record)) {
      arguments.add(CodeBlock.of("$T.$L", FieldType.class, fieldType(component)));
    }
    return MethodSpec.constructorBuilder()
        .addModifiers(Modifier.PRIVATE)
        .addStatement("super($L)", CodeBlock.join(arguments, ",$W"))
        .build();
  }

  private static MethodSpec read(TypeElement record, ClassName recordName)
      throws DeclarationException {
    List<CodeBlock> fields = new ArrayList<>();
    for (RecordComponentElement component : components(record)) {
      fields.add(CodeBlock.of("$L", read(fieldType(component))));
    }
    return MethodSpec.methodBuilder("read")
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PROTECTED)
        .returns(recordName)
        .addParameter(XdrReader.class, "in")
        .addStatement("return new $T($L)", recordName, CodeBlock.join(fields, ",$W"))
        .build();
  }

  private static String read(FieldType field) {
    return switch (field) {
      case CHAR -> "readChar(in)";
      case STRING, DEVICE -> "in.readString(Integer.MAX_VALUE)";
      case BUFFER -> "in.readOpaque(Integer.MAX_VALUE)";
      case UUID -> "readUuid(in)";
      case INT32 -> "in.readInt()";
      case UINT32 -> "in.readUnsignedInt()";
      case INT64, UINT64, BYTES -> "in.readHyper()";
      case OPTIONAL_PERCENT -> "readPercent(in)";
    };
  }

  private static MethodSpec write(TypeElement record, ClassName recordName)
      throws DeclarationException {
    MethodSpec.Builder method =
        MethodSpec.methodBuilder("write")
            .addAnnotation(Override.class)
            .addModifiers(Modifier.PROTECTED)
            .addParameter(XdrWriter.class, "out")
            .addParameter(recordName, "struct");
    for (RecordComponentElement component : components(record)) {
      method.addStatement(write(fieldType(component)), value(component));
    }
    return method.build();
  }

  /** What a {@link HyperStructType} has in place of the method that writes. */
  private static MethodSpec put(TypeElement record, ClassName recordName) {
    MethodSpec.Builder method =
        MethodSpec.methodBuilder("put")
            .addAnnotation(Override.class)
            .addModifiers(Modifier.PROTECTED)
            .addParameter(recordName, "struct")
            .addParameter(long[].class, "hypers")
            .addParameter(TypeName.INT, "at");
    int position = 0;
    for (RecordComponentElement component : components(record)) {
      method.addStatement("hypers[at + $L] = $L", position++, value(component));
    }
    return method.build();
  }

  /** The reverse of {@link #put}. */
  private static MethodSpec get(TypeElement record, ClassName recordName) {
    List<CodeBlock> fields = new ArrayList<>();
    for (int position = 0; position < components(record).size(); position++) {
      fields.add(CodeBlock.of("hypers[at + $L]", position));
    }
    return MethodSpec.methodBuilder("get")
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PROTECTED)
        .returns(recordName)
        .addParameter(long[].class, "hypers")
        .addParameter(TypeName.INT, "at")
        .addStatement("return new $T($L)", recordName, CodeBlock.join(fields, ",$W"))
        .build();
  }

  private static CodeBlock value(RecordComponentElement component) {
    return CodeBlock.of("struct.$L()", component.getSimpleName());
  }

  private static String write(FieldType field) {
    return switch (field) {
      case CHAR, INT32 -> "out.writeInt($L)";
      case STRING, DEVICE -> "out.writeString($L)";
      case BUFFER -> "out.writeOpaque($L)";
      case UUID -> "writeUuid(out, $L)";
      case UINT32 -> "out.writeInt((int) $L)";
      case INT64, UINT64, BYTES -> "out.writeHyper($L)";
      case OPTIONAL_PERCENT -> "writePercent(out, $L)";
    };
  }

  private static boolean isOfHypers(TypeElement record) throws DeclarationException {
    for (RecordComponentElement component : components(record)) {
      if (!fieldType(component).isHyper()) {
        return false;
      }
    }
    return true;
  }

  private static FieldType fieldType(RecordComponentElement component) throws DeclarationException {
    return TypeReader.fieldType(component, component.asType());
  }

  private static List<RecordComponentElement> components(TypeElement record) {
    return ElementFilter.recordComponentsIn(record.getEnclosedElements());
  }
}
