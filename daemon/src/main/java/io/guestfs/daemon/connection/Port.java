package io.guestfs.daemon.connection;

import io.guestfs.protocol.frame.Limits;

/**
 * The two directions of the port, and how much may go over it at once.
 *
 * @param limits for both directions
 */
record Port(PortReader reader, PortWriter writer, Limits limits) {

  /** The same port, once other limits were agreed on. */
  Port with(Limits agreed) {
    return new Port(reader, writer, agreed);
  }
}
