package io.guestfs.daemon.connection;

import io.guestfs.calls.wire.CallContext;
import io.guestfs.calls.wire.IncomingFile;
import io.guestfs.calls.wire.Roles;
import io.guestfs.daemon.device.DeviceNames;
import io.guestfs.daemon.device.Disks;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.protocol.call.ArgumentType;
import io.guestfs.protocol.call.CallDescriptor;
import io.guestfs.protocol.call.Parameter;
import io.guestfs.protocol.call.ResultType;
import io.guestfs.protocol.call.Role;
import io.guestfs.protocol.call.Transfer;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A few calls of every shape, for a loop to serve. */
final class TestService implements CallService {
  static final int PING = 1;
  static final int ECHO = 2;
  static final int FAIL = 3;
  static final int BUG = 4;
  static final int UPLOAD = 5;
  static final int UPLOAD_FAILING = 6;
  static final int DOWNLOAD = 7;
  static final int DOWNLOAD_FAILING = 8;
  static final int DOWNLOAD_ENDLESS = 9;
  static final int LARGE = 10;
  static final int PROGRESS = 11;
  static final int UPLOAD_PARTLY = 12;
  static final int DOWNLOAD_NOT_STARTED = 13;

  /** How large the content of {@link #DOWNLOAD} is. */
  static final int DOWNLOAD_SIZE = 1_000_003;

  final AtomicLong uploaded = new AtomicLong();
  final CountDownLatch endlessEnded = new CountDownLatch(1);

  @Override
  public Roles roles() {
    return new DeviceNames(Disks.none());
  }

  @Override
  public @Nullable CallDescriptor<?> find(int procedure) {
    return switch (procedure) {
      case PING, FAIL, BUG, PROGRESS -> descriptor(procedure, Transfer.NONE, ResultType.VOID);
      case ECHO -> descriptor(procedure, Transfer.NONE, ResultType.STRING);
      case LARGE -> descriptor(procedure, Transfer.NONE, ResultType.BUFFER);
      case UPLOAD, UPLOAD_FAILING, UPLOAD_PARTLY ->
          descriptor(procedure, Transfer.UPLOAD, ResultType.VOID);
      case DOWNLOAD, DOWNLOAD_FAILING, DOWNLOAD_ENDLESS, DOWNLOAD_NOT_STARTED ->
          descriptor(procedure, Transfer.DOWNLOAD, ResultType.VOID);
      default -> null;
    };
  }

  @Override
  public @Nullable Object serve(int procedure, @Nullable Object[] arguments, CallContext context) {
    return switch (procedure) {
      case ECHO -> arguments[0];
      case FAIL -> throw new CallException(Errno.ENOTEMPTY, "it is not empty");
      case BUG -> throw new IllegalStateException("a bug");
      case LARGE -> new byte[4 * 1024 * 1024];
      case UPLOAD -> upload(context.incoming());
      case UPLOAD_PARTLY -> uploadPart(context.incoming());
      case UPLOAD_FAILING -> throw failure(context.incoming());
      case DOWNLOAD -> download(context);
      case DOWNLOAD_FAILING -> throw failureInTheMiddle(context);
      case DOWNLOAD_NOT_STARTED -> throw new CallException(Errno.ENOENT, "no such file");
      case DOWNLOAD_ENDLESS -> endless(context);
      case PROGRESS -> progress(context);
      default -> null;
    };
  }

  private @Nullable Object upload(IncomingFile file) {
    ByteBuffer data = file.next();
    while (data != null) {
      uploaded.addAndGet(data.remaining());
      data = file.next();
    }
    return null;
  }

  private @Nullable Object uploadPart(IncomingFile file) {
    ByteBuffer data = file.next();
    uploaded.addAndGet(data == null ? 0 : data.remaining());
    return null;
  }

  private static CallException failure(IncomingFile file) {
    file.next();
    return new CallException(Errno.ENOSPC, "the disk is full");
  }

  private static @Nullable Object download(CallContext context) {
    byte[] content = new byte[DOWNLOAD_SIZE];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) i;
    }
    context.outgoing().write(ByteBuffer.wrap(content));
    return null;
  }

  private static CallException failureInTheMiddle(CallContext context) {
    context.outgoing().write(ByteBuffer.wrap(new byte[5]));
    return new CallException(Errno.EIO, "a bad sector");
  }

  private @Nullable Object endless(CallContext context) {
    try {
      while (true) {
        context.outgoing().write(ByteBuffer.wrap(new byte[100_000]));
      }
    } finally {
      endlessEnded.countDown();
    }
  }

  /** Reports until something was sent, as the time that this takes is not this test's matter. */
  private static @Nullable Object progress(CallContext context) {
    long end = System.nanoTime() + ProgressSender.FIRST_AFTER_NANOS;
    while (System.nanoTime() - end < 0) {
      context.progress().report(1, 10);
    }
    context.progress().report(5, 10);
    context.progress().report(6, 10);
    return null;
  }

  private static <T> CallDescriptor<T> descriptor(
      int procedure, Transfer transfer, ResultType<T> result) {
    List<Parameter> parameters =
        procedure == ECHO
            ? List.of(new Parameter("text", ArgumentType.STRING, Role.PLAIN))
            : List.of();
    return new CallDescriptor<>(
        procedure, "call_" + procedure, "", parameters, List.of(), transfer, result);
  }
}
