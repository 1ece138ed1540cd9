package io.guestfs.appliance.qemu;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/** Operations on channels whose success nobody waits for: a failure shows as a closed channel. */
final class Channels {

  private Channels() {}

  @SuppressWarnings("FutureReturnValueIgnored")
  static void close(Channel channel) {
    channel.close();
  }

  @SuppressWarnings("FutureReturnValueIgnored")
  static void send(Channel channel, ByteBuf message) {
    channel.writeAndFlush(message);
  }
}
