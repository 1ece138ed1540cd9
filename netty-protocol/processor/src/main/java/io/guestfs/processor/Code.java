package io.guestfs.processor;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.guestfs.protocol.call.ArgumentType;
import java.util.List;
import javax.annotation.processing.Generated;

/** What all generated classes share. */
final class Code {

  static final ClassName NULLABLE = ClassName.get("org.jspecify.annotations", "Nullable");
  static final ClassName LIST = ClassName.get(List.class);

  /** For generated methods that cast to a list. */
  static final AnnotationSpec UNCHECKED =
      AnnotationSpec.builder(SuppressWarnings.class).addMember("value", "$S", "unchecked").build();

  private static final AnnotationSpec GENERATED =
      AnnotationSpec.builder(Generated.class)
          .addMember("value", "$S", CallProcessor.class.getName())
          .build();

  private Code() {}

  static JavaFile file(ClassName name, TypeSpec.Builder type) {
    return JavaFile.builder(name.packageName(), type.addAnnotation(GENERATED).build())
        .indent("  ")
        .skipJavaLangImports(true)
        .build();
  }

  /** The type of an argument that may be missing. */
  static TypeName boxed(TypeName type) {
    return type.isPrimitive() ? type.box() : type;
  }

  static TypeName nullable(TypeName type) {
    return boxed(type).annotated(AnnotationSpec.builder(NULLABLE).build());
  }

  static TypeName declaredType(ParameterModel parameter) {
    return parameter.type() == ArgumentType.OPTIONAL_STRING
        ? nullable(parameter.javaType())
        : parameter.javaType();
  }
}
