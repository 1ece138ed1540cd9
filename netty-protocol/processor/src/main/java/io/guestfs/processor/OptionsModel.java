package io.guestfs.processor;

import com.palantir.javapoet.ClassName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The optional arguments of a call.
 *
 * @param type the class that is generated of them
 * @param documentation what the declaration says of them
 */
record OptionsModel(ClassName type, @Nullable String documentation, List<Option> options) {

  /** One optional argument. */
  record Option(ParameterModel parameter, @Nullable String documentation) {}
}
