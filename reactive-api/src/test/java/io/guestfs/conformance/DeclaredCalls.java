package io.guestfs.conformance;

import io.guestfs.Guestfs;
import io.guestfs.HostFiles;
import io.guestfs.InternalAccess;
import io.guestfs.calls.InternalCalls;
import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.LibraryCall;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Makes any declared call by its name, with arguments as words. */
final class DeclaredCalls {

  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final Map<String, Method> methods = new HashMap<>();
  private final Words words;

  DeclaredCalls(HostFolder host) {
    words = new Words(host);
    for (Class<?> calls : List.of(Guestfs.class, InternalCalls.class)) {
      for (Method method : calls.getMethods()) {
        String name = name(method);
        if (!name.isEmpty()) {
          methods.put(name, method);
        }
      }
    }
  }

  private static String name(Method method) {
    Call call = method.getAnnotation(Call.class);
    if (call != null) {
      return call.name();
    }
    LibraryCall library = method.getAnnotation(LibraryCall.class);
    return library == null ? "" : library.name();
  }

  boolean declares(String name) {
    return methods.containsKey(name);
  }

  /**
   * Makes a call.
   *
   * @param command the name, and the arguments
   * @return what it gives; null for nothing, a list for a stream of items
   */
  @Nullable Object call(Guestfs g, List<String> command) {
    Method method = Objects.requireNonNull(methods.get(command.get(0)));
    Words.Arguments arguments = words.arguments(method, command.subList(1, command.size()));
    Object target = method.getDeclaringClass().isInstance(g) ? g : InternalAccess.of(g);
    Object result;
    try {
      result = Objects.requireNonNull(method.invoke(target, arguments.values().toArray()));
    } catch (IllegalAccessException e) {
      throw new LinkageError(e.getMessage(), e);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(e.getCause());
    }
    if (arguments.file() != null) {
      return HostFiles.write(content(result), arguments.file()).block(LIMIT);
    }
    return result instanceof Mono<?> one
        ? one.block(LIMIT)
        : Flux.from((Publisher<?>) result).collectList().block(LIMIT);
  }

  @SuppressWarnings("unchecked") // what gives content is a Flux of ByteBuffer
  private static Flux<ByteBuffer> content(Object result) {
    return (Flux<ByteBuffer>) result;
  }

  /** Whether what the call gives is the content of a file. */
  static boolean isDownload(Method method) {
    return method.getReturnType() == Flux.class
        && ((ParameterizedType) method.getGenericReturnType()).getActualTypeArguments()[0]
            == ByteBuffer.class;
  }
}
