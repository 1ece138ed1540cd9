package io.guestfs.processor;

import javax.lang.model.element.Element;

/** A declaration that the processor cannot make sense of; becomes an error at the element. */
final class DeclarationException extends Exception {

  private static final long serialVersionUID = 1;

  private final transient Element element;

  DeclarationException(Element element, String message) {
    super(message);
    this.element = element;
  }

  Element element() {
    return element;
  }
}
