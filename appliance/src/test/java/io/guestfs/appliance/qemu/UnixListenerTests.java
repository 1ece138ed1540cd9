package io.guestfs.appliance.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class UnixListenerTests {

  @TempDir Path directory;

  @Test
  void handsOutOneConnectionThatReadsNothing() throws IOException {
    try (SocketPair pair = new SocketPair(directory, channel -> {})) {
      assertThat(pair.channel().isActive()).isTrue();
      assertThat(pair.channel().config().isAutoRead()).isFalse();
      assertThat(pair.channel().pipeline().names()).hasSize(1);
    }
  }

  @Test
  void takesNoSecondConnection() throws IOException {
    try (SocketPair pair = new SocketPair(directory, channel -> {})) {
      pair.channel().parent().closeFuture().awaitUninterruptibly(SocketPair.PATIENCE.toMillis());
      UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("socket"));
      assertThatThrownBy(() -> SocketChannel.open(address).close()).isInstanceOf(IOException.class);
    }
  }

  @Test
  void closingEndsTheConnection() throws IOException {
    try (SocketPair pair = new SocketPair(directory, channel -> {})) {
      pair.listener().close();
      pair.channel().closeFuture().awaitUninterruptibly(SocketPair.PATIENCE.toMillis());
      assertThat(pair.channel().isOpen()).isFalse();
      assertThatThrownBy(pair::hear).isInstanceOf(NoSuchElementException.class);
    }
  }
}
