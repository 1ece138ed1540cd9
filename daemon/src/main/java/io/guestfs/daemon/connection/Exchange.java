package io.guestfs.daemon.connection;

import io.guestfs.calls.wire.CallContext;
import io.guestfs.calls.wire.IncomingFile;
import io.guestfs.calls.wire.OutgoingFile;
import io.guestfs.calls.wire.Progress;
import io.guestfs.calls.wire.Roles;
import io.guestfs.daemon.error.CallException;
import io.guestfs.daemon.error.Errno;
import io.guestfs.protocol.call.CallDescriptor;
import io.guestfs.protocol.call.Transfer;
import io.guestfs.protocol.frame.MessageHeader;
import io.guestfs.protocol.xdr.XdrException;
import io.guestfs.protocol.xdr.XdrReader;
import org.jspecify.annotations.Nullable;

/** One call from its arguments to the end of the last frame that answers it. */
final class Exchange implements CallContext {
  private final CallDescriptor<?> descriptor;
  private final MessageHeader header;
  private final CallService service;
  private final Roles roles;
  private final Reply reply;
  private final ProgressSender progress;
  private final Upload upload;
  private final Download download;

  Exchange(CallDescriptor<?> descriptor, MessageHeader header, CallService service, Port port) {
    this.descriptor = descriptor;
    this.header = header;
    this.service = service;
    roles = service.roles();
    reply = new Reply(port, header);
    progress = new ProgressSender(port.writer(), header.procedure(), header.serial());
    upload = new Upload(port, header.progressHint());
    download = new Download(port, reply);
  }

  /** Serves the call, whatever becomes of it, so that the next frame is the next call's. */
  void serve(XdrReader arguments) {
    try {
      Object result = service.serve(header.procedure(), decode(arguments), this);
      succeed(result);
    } catch (PortException e) {
      throw e;
    } catch (CallException e) {
      Errno errno = e.errno();
      fail(errno == null ? "" : errno.wireName(), message(e));
    } catch (IllegalArgumentException e) {
      fail(Errno.EINVAL.wireName(), message(e));
    } catch (RuntimeException e) {
      Diagnostics.print(descriptor.name(), e);
      fail("", "the daemon failed at this call, which is a bug: " + e);
    }
  }

  private @Nullable Object[] decode(XdrReader arguments) {
    long given = header.optionalArguments();
    if (!descriptor.knowsOptions(given)) {
      throw new CallException(
          Errno.EINVAL,
          "an optional argument is not known here (0x" + Long.toHexString(given) + ")");
    }
    try {
      return descriptor.readArguments(arguments, given);
    } catch (XdrException e) {
      throw new CallException(Errno.EINVAL, "the arguments cannot be decoded: " + e.getMessage());
    }
  }

  private void succeed(@Nullable Object result) {
    if (descriptor.transfer() == Transfer.UPLOAD) {
      upload.finish();
    }
    progress.finish();
    if (descriptor.transfer() == Transfer.DOWNLOAD) {
      download.finish();
    } else {
      reply.success(descriptor, result);
    }
  }

  private void fail(String errnoName, String message) {
    if (descriptor.transfer() == Transfer.UPLOAD) {
      upload.stop();
    }
    if (download.isStarted()) {
      // The library has been told that the call succeeded; the reason can only go to the console.
      Diagnostics.print(descriptor.name() + ": " + message);
      download.abort();
    } else {
      reply.failure(errnoName, message);
    }
  }

  private static String message(RuntimeException e) {
    String message = e.getMessage();
    return message == null ? e.toString() : message;
  }

  @Override
  public Roles roles() {
    return roles;
  }

  @Override
  public IncomingFile incoming() {
    return upload;
  }

  @Override
  public OutgoingFile outgoing() {
    return download;
  }

  @Override
  public Progress progress() {
    return progress;
  }
}
