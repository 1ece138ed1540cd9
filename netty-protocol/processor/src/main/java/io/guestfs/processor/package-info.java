/**
 * Turns declarations of calls into code, in every build. A {@code …Reader} makes a model of the
 * annotated elements and reports what is wrong with them; each {@code …Generator} writes one kind
 * of class from the model. No generator knows a call by name.
 */
@NullMarked
package io.guestfs.processor;

import org.jspecify.annotations.NullMarked;
