package io.guestfs.daemon.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.calls.value.Device;
import io.guestfs.calls.wire.CallContext;
import io.guestfs.calls.wire.FilesystemCallsHandler;
import io.guestfs.calls.wire.MountCallsHandler;
import io.guestfs.calls.wire.NtfsCallsHandler;
import io.guestfs.calls.wire.Procedures;
import io.guestfs.calls.wire.Roles;
import io.guestfs.daemon.connection.CallLoop;
import io.guestfs.daemon.connection.CallService;
import io.guestfs.daemon.device.Disks;
import io.guestfs.daemon.linux.Fd;
import io.guestfs.daemon.linux.Mounting;
import io.guestfs.daemon.linux.UnixSocket;
import io.guestfs.daemon.root.GuestRoot;
import io.guestfs.protocol.call.CallDescriptor;
import io.guestfs.protocol.call.OptionValues;
import java.lang.reflect.Constructor;
import java.lang.reflect.Proxy;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A directory that is served as a guest, by the handlers of this package behind the real message
 * loop and a real socket. Beside it, outside, lies a secret.
 */
final class ServedGuest implements BeforeEachCallback, AfterEachCallback {
  static final String SECRET = "outside";

  private static final int UMASK = 022;

  /** Calls on things that this guest does not have, as they were made. */
  final List<String> elsewhere = new ArrayList<>();

  private @Nullable Path folder;
  private @Nullable TestLibrary library;

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    Path made = Files.createTempDirectory("guest");
    folder = made;
    Files.createDirectory(made.resolve("root"));
    Files.writeString(made.resolve("secret"), SECRET);
    Path address = made.resolve("port");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(address));
      Thread daemon = new Thread(() -> serve(address.toString(), root()), "daemon");
      daemon.setDaemon(true);
      daemon.start();
      library = new TestLibrary(server.accept());
    }
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    library().close();
    new ProcessBuilder("rm", "-rf", Objects.requireNonNull(folder).toString())
        .inheritIO()
        .start()
        .waitFor();
  }

  /** Where the guest's files are outside. */
  Path root() {
    return Objects.requireNonNull(folder).resolve("root");
  }

  Path path(String guestPath) {
    return root().resolve(guestPath.substring(1));
  }

  Path outside(String name) {
    return Objects.requireNonNull(folder).resolve(name);
  }

  TestLibrary library() {
    return Objects.requireNonNull(library);
  }

  /** A call that gives something back. */
  <T> T call(CallDescriptor<T> call, Object... arguments) {
    return Objects.requireNonNull(library().call(call, arguments));
  }

  /** A call with optional arguments that gives something back. */
  <T> T call(CallDescriptor<T> call, OptionValues options, Object... arguments) {
    return Objects.requireNonNull(library().call(call, options, arguments));
  }

  /** A call that gives nothing back. */
  void run(CallDescriptor<Void> call, Object... arguments) {
    assertThat(library().call(call, arguments)).isNull();
  }

  static AbstractThrowableAssert<?, ? extends Throwable> assertFails(
      String errno, ThrowingCallable call) {
    return assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            CallFailedException.class, e -> assertThat(e.errno()).isEqualTo(errno));
  }

  private void serve(String address, Path root) {
    GuestRoot guest = GuestRoot.directory(root.toString());
    Mounting.umask(UMASK);
    try (Fd port = UnixSocket.connect(address)) {
      new CallLoop(port, new Handlers(procedures(guest))).run();
    }
  }

  /** Those of the handlers that need no more than a root; the others are absent. */
  private Procedures procedures(GuestRoot root) {
    FileHandler files = new FileHandler(root);
    DirectoryHandler directories = new DirectoryHandler(root);
    ExtendedAttributeHandler attributes = new ExtendedAttributeHandler(root);
    return procedures(
        new AclHandler(root),
        new ArchiveHandler(root),
        new AttributeHandler(root),
        new CapabilityHandler(root),
        new ChecksumHandler(root),
        new CommandHandler(root),
        new CompressionHandler(root),
        new CopyHandler(root),
        new CopyFileHandler(root),
        new DaemonHandler(),
        directories,
        attributes,
        files,
        new FileTypeHandler(root),
        new GrepHandler(root),
        new InitrdHandler(root),
        new InodeFlagHandler(root),
        new InotifyHandler(root, Disks.none()),
        new InternalHandler(
            root,
            files,
            directories,
            attributes,
            absent(MountCallsHandler.class),
            absent(FilesystemCallsHandler.class),
            new DeviceNames()),
        new IsoHandler(root),
        new KernelHandler(Disks.none()),
        new LinkHandler(root),
        new NodeHandler(root),
        new PathHandler(root),
        new RetiredHandler(
            root,
            files,
            directories,
            absent(FilesystemCallsHandler.class),
            absent(NtfsCallsHandler.class)),
        new RsyncHandler(root),
        new SelinuxHandler(root),
        new SpaceHandler(root),
        new SwapHandler(root),
        new TextHandler(root),
        new TransferHandler(root),
        new WipeHandler(root));
  }

  private Procedures procedures(Object... handlers) {
    Constructor<?> constructor = Procedures.class.getConstructors()[0];
    Object[] arguments =
        Arrays.stream(constructor.getParameterTypes())
            .map(
                type ->
                    Arrays.stream(handlers)
                        .filter(type::isInstance)
                        .findFirst()
                        .orElseGet(() -> absent(type)))
            .toArray();
    try {
      return (Procedures) constructor.newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.toString(), e);
    }
  }

  private <T> T absent(Class<T> handler) {
    return handler.cast(
        Proxy.newProxyInstance(
            handler.getClassLoader(),
            new Class<?>[] {handler},
            (proxy, method, arguments) -> {
              elsewhere.add(method.getName());
              return null;
            }));
  }

  private record Handlers(Procedures procedures) implements CallService {
    @Override
    public Roles roles() {
      return new DeviceNames();
    }

    @Override
    public @Nullable CallDescriptor<?> find(int procedure) {
      return Procedures.find(procedure);
    }

    @Override
    public @Nullable Object serve(
        int procedure, @Nullable Object[] arguments, CallContext context) {
      return procedures.dispatch(procedure, arguments, context);
    }
  }

  private static final class DeviceNames implements Roles {
    @Override
    public Device device(String name) {
      return new Device(name);
    }

    @Override
    public String name(Device device) {
      return device.name();
    }
  }
}
