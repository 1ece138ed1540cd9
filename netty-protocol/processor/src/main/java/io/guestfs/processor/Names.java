package io.guestfs.processor;

import com.palantir.javapoet.ClassName;
import java.util.Locale;

/** How names in generated code follow from names in declarations. */
final class Names {

  private static final String FAMILY_SUFFIX = "Calls";

  private Names() {}

  /** {@code lvmRemoveAll} for {@code lvm_remove_all}. */
  static String camel(String upstream) {
    StringBuilder camel = new StringBuilder();
    for (String word : upstream.split("_")) {
      camel.append(camel.isEmpty() ? word : capitalised(word));
    }
    return camel.toString();
  }

  /** {@code lvm_remove_all} for {@code lvmRemoveAll}. */
  static String snake(String camel) {
    return camel.replaceAll("(?<=[a-z0-9])([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  static String capitalised(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }

  static String decapitalised(String word) {
    return Character.toLowerCase(word.charAt(0)) + word.substring(1);
  }

  static boolean isFamily(String simpleName) {
    return simpleName.endsWith(FAMILY_SUFFIX) && simpleName.length() > FAMILY_SUFFIX.length();
  }

  static ClassName descriptors(ClassName family) {
    String name = family.simpleName();
    String topic = name.substring(0, name.length() - FAMILY_SUFFIX.length());
    return ClassName.get(wirePackage(family), topic + "Descriptors");
  }

  static ClassName handler(ClassName family) {
    return ClassName.get(wirePackage(family), family.simpleName() + "Handler");
  }

  static ClassName dispatcher(ClassName family) {
    return ClassName.get(wirePackage(family), family.simpleName() + "Dispatcher");
  }

  static ClassName struct(ClassName record) {
    return ClassName.get(wirePackage(record), record.simpleName() + "Struct");
  }

  static ClassName wire(ClassName family, String simpleName) {
    return ClassName.get(wirePackage(family), simpleName);
  }

  static ClassName value(ClassName family, String simpleName) {
    return ClassName.get(family.packageName() + ".value", simpleName);
  }

  static ClassName stubs(String stubPackage, ClassName family) {
    return ClassName.get(stubPackage, family.simpleName() + "Stubs");
  }

  static ClassName library(String stubPackage, ClassName family) {
    return ClassName.get(stubPackage, family.simpleName() + "Library");
  }

  /** The name of a descriptor's constant. */
  static String constant(String upstream) {
    return upstream.toUpperCase(Locale.ROOT);
  }

  private static String wirePackage(ClassName type) {
    return type.packageName() + ".wire";
  }
}
