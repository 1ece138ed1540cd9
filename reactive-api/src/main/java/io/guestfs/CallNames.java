package io.guestfs;

import io.guestfs.calls.wire.Procedures;
import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.LibraryCall;
import io.guestfs.protocol.call.CallDescriptor;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Calls by the names that libguestfs gives them, read from their declarations when first needed.
 */
final class CallNames {

  private static final Map<String, CallDescriptor<?>> PROCEDURES = new HashMap<>();
  private static final Set<String> COMPOSED = new HashSet<>();

  static {
    for (Method method : Guestfs.class.getMethods()) {
      Call call = method.getAnnotation(Call.class);
      CallDescriptor<?> procedure = call == null ? null : Procedures.find(call.number());
      if (procedure != null) {
        PROCEDURES.put(procedure.name(), procedure);
      }
      LibraryCall composed = method.getAnnotation(LibraryCall.class);
      if (composed != null) {
        COMPOSED.add(composed.name());
      }
    }
  }

  private CallNames() {}

  /** The procedure of a call; null when it has none, or there is no such call. */
  static @Nullable CallDescriptor<?> procedure(String call) {
    return PROCEDURES.get(call);
  }

  /** Whether the library makes the call of others. */
  static boolean isComposed(String call) {
    return COMPOSED.contains(call);
  }
}
