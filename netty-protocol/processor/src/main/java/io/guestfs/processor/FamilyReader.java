package io.guestfs.processor;

import com.palantir.javapoet.ClassName;
import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallOptions;
import io.guestfs.protocol.annotation.LibraryCall;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/** Makes a model of an interface that declares calls. */
final class FamilyReader {

  private static final String OPTIONS_SUFFIX = "Options";

  private final Elements elements;
  private final TypeReader types = new TypeReader();

  FamilyReader(Elements elements) {
    this.elements = elements;
  }

  Family read(TypeElement family) throws DeclarationException {
    if (family.getKind() != ElementKind.INTERFACE
        || !Names.isFamily(family.getSimpleName().toString())) {
      throw new DeclarationException(family, "a family is an interface named …Calls");
    }
    ClassName type = ClassName.get(family);
    List<OptionsModel> options = new ArrayList<>();
    for (TypeElement nested : ElementFilter.typesIn(family.getEnclosedElements())) {
      if (nested.getAnnotation(CallOptions.class) != null) {
        options.add(options(type, nested));
      }
    }
    List<CallModel> calls = new ArrayList<>();
    for (ExecutableElement method : ElementFilter.methodsIn(family.getEnclosedElements())) {
      if (method.getModifiers().contains(Modifier.ABSTRACT)) {
        calls.add(call(method, options));
      }
    }
    return new Family(type, calls, options);
  }

  private CallModel call(ExecutableElement method, List<OptionsModel> known)
      throws DeclarationException {
    Call call = method.getAnnotation(Call.class);
    LibraryCall libraryCall = method.getAnnotation(LibraryCall.class);
    if ((call == null) == (libraryCall == null)) {
      throw new DeclarationException(method, "a call carries either @Call or @LibraryCall");
    }
    String name = call != null ? call.name() : libraryCall.name();
    if (!method.getSimpleName().contentEquals(Names.camel(name))) {
      throw new DeclarationException(
          method, "the call " + name + " is to be declared as " + Names.camel(name));
    }
    List<ParameterModel> parameters = new ArrayList<>();
    OptionsModel options = null;
    for (VariableElement parameter : method.getParameters()) {
      if (options != null) {
        throw new DeclarationException(parameter, "options are the last parameter");
      }
      options = optionsOf(parameter, known);
      if (options == null) {
        parameters.add(types.parameter(parameter, parameter.asType()));
      }
    }
    CallModel model =
        new CallModel(
            method, name, call, parameters, options, types.result(method, method.getReturnType()));
    check(model);
    return model;
  }

  private static void check(CallModel call) throws DeclarationException {
    if (call.isRemote() && call.parameters().stream().filter(ParameterModel::isFile).count() > 1) {
      throw new DeclarationException(call.method(), "a call moves at most one file");
    }
    if (call.isRemote() && call.parameters().stream().anyMatch(FamilyReader::isHostPath)) {
      throw new DeclarationException(call.method(), "a path of the host does not travel");
    }
  }

  private static boolean isHostPath(ParameterModel parameter) {
    return parameter.javaType().toString().equals(TypeReader.HOST_PATH);
  }

  /** In the round that makes the option class its type is not known yet, so its name decides. */
  private static @Nullable OptionsModel optionsOf(
      VariableElement parameter, List<OptionsModel> known) {
    TypeMirror type = parameter.asType();
    String name = type.toString();
    String simpleName = name.substring(name.lastIndexOf('.') + 1);
    for (OptionsModel options : known) {
      if (options.type().simpleName().equals(simpleName)) {
        return options;
      }
    }
    return null;
  }

  private OptionsModel options(ClassName family, TypeElement declaration)
      throws DeclarationException {
    List<OptionsModel.Option> options = new ArrayList<>();
    for (ExecutableElement method : ElementFilter.methodsIn(declaration.getEnclosedElements())) {
      ParameterModel parameter = types.parameter(method, method.getReturnType());
      options.add(new OptionsModel.Option(parameter, documentation(method)));
    }
    ClassName type =
        ClassName.get(family.packageName(), declaration.getSimpleName() + OPTIONS_SUFFIX);
    return new OptionsModel(type, documentation(declaration), options);
  }

  private @Nullable String documentation(Element element) {
    String comment = elements.getDocComment(element);
    return comment == null ? null : comment.strip();
  }
}
