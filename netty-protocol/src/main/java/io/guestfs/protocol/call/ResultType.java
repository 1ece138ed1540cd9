package io.guestfs.protocol.call;

import io.guestfs.protocol.xdr.XdrException;
import io.guestfs.protocol.xdr.XdrReader;
import io.guestfs.protocol.xdr.XdrWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a call gives back.
 *
 * @param <T> its type in Java; {@link Void} where there is no value
 */
public final class ResultType<T> {

  /** How the value travels. */
  public enum Kind {
    /** No value (RErr). */
    VOID,
    /** {@code int}. */
    INT,
    /** {@code hyper}. */
    INT64,
    /** {@code bool}. */
    BOOL,
    /** {@code string<>}. */
    STRING,
    /** A list of strings. */
    STRING_LIST,
    /** A list of strings: key, value, key, value. */
    HASHTABLE,
    /** {@code opaque<>}. */
    BUFFER,
    /** One structure. */
    STRUCT,
    /** A list of structures. */
    STRUCT_LIST
  }

  /** No value. */
  public static final ResultType<Void> VOID = new ResultType<>(Kind.VOID, null);

  /** A 32-bit integer. */
  public static final ResultType<Integer> INT = new ResultType<>(Kind.INT, null);

  /** A 64-bit integer. */
  public static final ResultType<Long> INT64 = new ResultType<>(Kind.INT64, null);

  /** A boolean. */
  public static final ResultType<Boolean> BOOL = new ResultType<>(Kind.BOOL, null);

  /** A string. */
  public static final ResultType<String> STRING = new ResultType<>(Kind.STRING, null);

  /** A list of strings. */
  public static final ResultType<List<String>> STRING_LIST =
      new ResultType<>(Kind.STRING_LIST, null);

  /** A map in the order of the wire. */
  public static final ResultType<Map<String, String>> HASHTABLE =
      new ResultType<>(Kind.HASHTABLE, null);

  /** Bytes. */
  public static final ResultType<byte[]> BUFFER = new ResultType<>(Kind.BUFFER, null);

  private final Kind kind;
  private final @Nullable StructType<?> struct;

  private ResultType(Kind kind, @Nullable StructType<?> struct) {
    this.kind = kind;
    this.struct = struct;
  }

  /** One structure. */
  public static <S> ResultType<S> struct(StructType<S> type) {
    return new ResultType<>(Kind.STRUCT, type);
  }

  /** A list of structures. */
  public static <S> ResultType<List<S>> structs(StructType<S> type) {
    return new ResultType<>(Kind.STRUCT_LIST, type);
  }

  /** How the value travels. */
  public Kind kind() {
    return kind;
  }

  /** The structure, where there is one. */
  public @Nullable StructType<?> struct() {
    return struct;
  }

  /**
   * Reads a value. The value of {@link #VOID} is null.
   *
   * @throws io.guestfs.protocol.xdr.XdrException when the bytes are not such a value
   */
  @SuppressWarnings("unchecked") // the factories tie kind and T together
  public @Nullable T read(XdrReader in) {
    return (T)
        switch (kind) {
          case VOID -> null;
          case INT -> in.readInt();
          case INT64 -> in.readHyper();
          case BOOL -> in.readBool();
          case STRING -> in.readString(Integer.MAX_VALUE);
          case STRING_LIST -> in.readStringList(Integer.MAX_VALUE, Integer.MAX_VALUE);
          case HASHTABLE -> readMap(in);
          case BUFFER -> in.readOpaque(Integer.MAX_VALUE);
          case STRUCT -> structType().read(in);
          case STRUCT_LIST -> structType().readList(in);
        };
  }

  /** Writes a value that {@link #read} would give; nothing for {@link #VOID}. */
  @SuppressWarnings("unchecked") // as above
  public void write(XdrWriter out, @Nullable Object value) {
    if (kind == Kind.VOID) {
      return;
    }
    if (value == null) {
      throw new IllegalArgumentException("a result of kind " + kind + " must not be null");
    }
    switch (kind) {
      case INT -> out.writeInt((Integer) value);
      case INT64 -> out.writeHyper((Long) value);
      case BOOL -> out.writeBool((Boolean) value);
      case STRING -> out.writeString((String) value);
      case STRING_LIST -> out.writeStringList((List<String>) value);
      case HASHTABLE -> writeMap(out, (Map<String, String>) value);
      case BUFFER -> out.writeOpaque((byte[]) value);
      case STRUCT -> structType().write(out, value);
      case STRUCT_LIST -> structType().writeList(out, (List<Object>) value);
      default -> throw new AssertionError(kind);
    }
  }

  private static Map<String, String> readMap(XdrReader in) {
    List<String> flat = in.readStringList(Integer.MAX_VALUE, Integer.MAX_VALUE);
    if (flat.size() % 2 != 0) {
      throw new XdrException("hash", 0, "an odd number of strings, " + flat.size());
    }
    Map<String, String> map = new LinkedHashMap<>(flat.size());
    for (int i = 0; i < flat.size(); i += 2) {
      map.put(flat.get(i), flat.get(i + 1));
    }
    return map;
  }

  private static void writeMap(XdrWriter out, Map<String, String> map) {
    List<String> flat = new ArrayList<>(2 * map.size());
    for (Map.Entry<String, String> entry : map.entrySet()) {
      flat.add(entry.getKey());
      flat.add(entry.getValue());
    }
    out.writeStringList(flat);
  }

  @SuppressWarnings("unchecked")
  private StructType<Object> structType() {
    if (struct == null) {
      throw new AssertionError("a result of kind " + kind + " has a structure");
    }
    return (StructType<Object>) struct;
  }
}
