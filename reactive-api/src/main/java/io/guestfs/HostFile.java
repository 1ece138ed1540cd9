package io.guestfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/** A new file of the host, which gets its attributes when it is closed. */
final class HostFile implements WritableByteChannel {

  private final Path path;
  private final TarHeader header;
  private final boolean asRoot;
  private final WritableByteChannel channel;

  HostFile(Path path, TarHeader header, boolean asRoot, WritableByteChannel channel) {
    this.path = path;
    this.header = header;
    this.asRoot = asRoot;
    this.channel = channel;
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    int count = from.remaining();
    while (from.hasRemaining()) {
      channel.write(from);
    }
    return count;
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      channel.close();
      HostAttributes.apply(path, header, asRoot);
    }
  }
}
