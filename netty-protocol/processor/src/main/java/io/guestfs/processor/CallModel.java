package io.guestfs.processor;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.call.Transfer;
import java.util.List;
import javax.lang.model.element.ExecutableElement;
import org.jspecify.annotations.Nullable;

/**
 * A declared call.
 *
 * @param facts what the annotation says; null for a call of the library
 * @param parameters the required arguments in the order of the declaration, files included
 * @param options its optional arguments, if it has any
 */
record CallModel(
    ExecutableElement method,
    String name,
    @Nullable Call facts,
    List<ParameterModel> parameters,
    @Nullable OptionsModel options,
    ResultModel result) {

  boolean isRemote() {
    return facts != null;
  }

  Call remote() {
    if (facts == null) {
      throw new IllegalStateException(name + " is a call of the library");
    }
    return facts;
  }

  String javaName() {
    return method.getSimpleName().toString();
  }

  /** The arguments that travel in the message. */
  List<ParameterModel> wireParameters() {
    return parameters.stream().filter(parameter -> !parameter.isFile()).toList();
  }

  Transfer transfer() {
    if (parameters.stream().anyMatch(ParameterModel::isFile)) {
      return Transfer.UPLOAD;
    }
    return result.shape() == ResultModel.Shape.FILE ? Transfer.DOWNLOAD : Transfer.NONE;
  }
}
