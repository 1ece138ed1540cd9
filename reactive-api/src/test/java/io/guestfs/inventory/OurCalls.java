package io.guestfs.inventory;

import io.guestfs.Guestfs;
import io.guestfs.GuestfsBuilder;
import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.Configures;
import io.guestfs.protocol.annotation.LibraryCall;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;

/** What there is, by the names of libguestfs. */
final class OurCalls {

  /**
   * A method.
   *
   * @param family the topic, or the type that has it
   * @param status who does it
   */
  record Entry(String method, String family, String status) {}

  private final Map<String, Entry> entries = new HashMap<>();

  OurCalls() {
    for (Class<?> family : Guestfs.class.getInterfaces()) {
      if (family.isAnnotationPresent(CallFamily.class)) {
        for (Method method : family.getDeclaredMethods()) {
          add(family, method);
        }
      }
    }
    for (Method method : GuestfsBuilder.class.getMethods()) {
      Configures configures = method.getAnnotation(Configures.class);
      if (configures != null) {
        for (String name : configures.value()) {
          entries.putIfAbsent(name, new Entry(method.getName(), "builder", "builder"));
        }
      }
    }
  }

  private void add(Class<?> family, Method method) {
    String topic = family.getSimpleName().replaceFirst("Calls$", "");
    Call call = method.getAnnotation(Call.class);
    LibraryCall library = method.getAnnotation(LibraryCall.class);
    if (call != null) {
      entries.put(call.name(), new Entry(method.getName(), topic, "daemon"));
    } else if (library != null) {
      entries.put(library.name(), new Entry(method.getName(), topic, "library"));
    }
  }

  Map<String, Entry> byName() {
    return entries;
  }
}
