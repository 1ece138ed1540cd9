package io.guestfs.processor;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.guestfs.protocol.call.OptionValues;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Writes the immutable class of a call's optional arguments. */
final class OptionsGenerator {

  private static final TypeName VALUES =
      ArrayTypeName.of(Code.nullable(ClassName.get(Object.class)));

  private OptionsGenerator() {}

  static JavaFile generate(OptionsModel model) throws DeclarationException {
    TypeSpec.Builder type =
        TypeSpec.classBuilder(model.type())
            .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
            .superclass(OptionValues.class)
            .addField(
                FieldSpec.builder(
                        model.type(), "DEFAULTS", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                    .initializer("new $T(new Object[$L])", model.type(), model.options().size())
                    .build())
            .addMethod(constructor())
            .addMethod(defaults(model));
    if (model.documentation() != null) {
      type.addJavadoc("$L\n", model.documentation());
    }
    for (int i = 0; i < model.options().size(); i++) {
      type.addMethod(setter(model, i)).addMethod(getter(model, i));
    }
    return Code.file(model.type(), type);
  }

  private static MethodSpec constructor() {
    return MethodSpec.constructorBuilder()
        .addModifiers(Modifier.PUBLIC)
        .addJavadoc("For generated code; use {@link #defaults}.\n")
        .addParameter(VALUES, "values")
        .addStatement("super(values)")
        .build();
  }

  private static MethodSpec defaults(OptionsModel model) {
    return MethodSpec.methodBuilder("defaults")
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
        .addJavadoc("No option given.\n")
        .returns(model.type())
        .addStatement("return DEFAULTS")
        .build();
  }

  private static MethodSpec setter(OptionsModel model, int position) {
    ParameterModel parameter = model.options().get(position).parameter();
    String documentation = model.options().get(position).documentation();
    MethodSpec.Builder setter =
        MethodSpec.methodBuilder(parameter.javaName())
            .addModifiers(Modifier.PUBLIC)
            .returns(model.type())
            .addParameter(parameter.javaType(), parameter.javaName())
            .addStatement("return new $T(with($L, $L))", model.type(), position, value(parameter));
    return documentation == null
        ? setter.build()
        : setter.addJavadoc("$L\n", documentation).build();
  }

  /** A list is copied, so that the options stay as they are. */
  private static CodeBlock value(ParameterModel parameter) {
    return parameter.isList()
        ? CodeBlock.of("$T.copyOf($L)", List.class, parameter.javaName())
        : CodeBlock.of("$L", parameter.javaName());
  }

  private static MethodSpec getter(OptionsModel model, int position) {
    ParameterModel parameter = model.options().get(position).parameter();
    MethodSpec.Builder getter =
        MethodSpec.methodBuilder(parameter.javaName())
            .addModifiers(Modifier.PUBLIC)
            .addJavadoc("What was given for it, or null.\n")
            .returns(Code.nullable(parameter.javaType()))
            .addStatement("return ($T) value($L)", Code.boxed(parameter.javaType()), position);
    if (parameter.isList()) {
      getter.addAnnotation(Code.UNCHECKED);
    }
    return getter.build();
  }
}
