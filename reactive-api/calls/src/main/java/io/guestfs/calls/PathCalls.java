package io.guestfs.calls;

import io.guestfs.protocol.annotation.Call;
import io.guestfs.protocol.annotation.CallFamily;
import io.guestfs.protocol.annotation.CallOptions;
import io.guestfs.protocol.annotation.Pathname;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Names in the guest: resolved, matched, and made up. */
@CallFamily
public interface PathCalls {

  /**
   * The path of a file without symbolic links, {@code .} and {@code ..} in it. Every component has
   * to be there.
   */
  @Call(number = 163, name = "realpath", since = "1.0.66")
  Mono<String> realpath(@Pathname String path);

  /**
   * The true spelling of a path, each component of which is looked for whatever its letters' case.
   * This is for file systems whose names have no case to their users, such as NTFS, and have one in
   * Linux. Where several names differ in case only and none is spelled as given, it is one of them.
   *
   * <p>The last component need not be there, and is kept then. A slash at the end means a directory
   * and is left out of the result.
   *
   * @param path without {@code .} and {@code ..}
   */
  @Call(number = 197, name = "case_sensitive_path", since = "1.0.75")
  Mono<String> caseSensitivePath(@Pathname String path);

  /**
   * The paths that match a pattern, sorted by bytes; none when there are none. {@code *}, {@code ?}
   * and {@code [a-z]} stand for bytes of one component, where a dot in front has to be written, for
   * {@code .} and {@code ..} too; <code>{a,b}</code> gives alternatives, one after the other; a
   * backslash takes the meaning of the character behind it. Symbolic links are followed inside the
   * guest.
   *
   * @param pattern absolute
   */
  @Call(number = 113, name = "glob_expand", since = "1.0.50")
  Flux<String> globExpand(@Pathname String pattern, GlobExpandOptions options);

  /** As {@link #globExpand(String, GlobExpandOptions)}, with a slash behind directories. */
  default Flux<String> globExpand(@Pathname String pattern) {
    return globExpand(pattern, GlobExpandOptions.defaults());
  }

  /** Optional arguments of {@link PathCalls#globExpand(String, GlobExpandOptions)}. */
  @CallOptions
  interface GlobExpand {

    /** Whether directories get a slash at their end; so they do unless this says otherwise. */
    boolean directoryslash();
  }

  /**
   * Makes a directory of a name that was free, with the permissions 0700.
   *
   * @param tmpl a path that ends with {@code XXXXXX}, which is replaced
   * @return its path
   */
  @Call(number = 117, name = "mkdtemp", since = "1.0.54")
  Mono<String> mkdtemp(@Pathname String tmpl);

  /**
   * Makes an empty file of a name that was free, with the permissions 0600.
   *
   * @param tmpl a path that ends with {@code XXXXXX}, which is replaced
   * @return its path
   */
  @Call(number = 373, name = "mktemp", since = "1.19.53")
  Mono<String> mktemp(@Pathname String tmpl, MktempOptions options);

  /** As {@link #mktemp(String, MktempOptions)}, without options. */
  default Mono<String> mktemp(@Pathname String tmpl) {
    return mktemp(tmpl, MktempOptions.defaults());
  }

  /** Optional arguments of {@link PathCalls#mktemp(String, MktempOptions)}. */
  @CallOptions
  interface Mktemp {

    /** What the name has behind the random part, without a slash. */
    String suffix();
  }
}
