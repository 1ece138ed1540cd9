package io.guestfs;

import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;
import reactor.blockhound.BlockHound;

/**
 * Makes what blocks on a thread that must not fail. Installed when tests begin to run, and not as
 * soon as they are looked for: Maven does that itself when several JVMs are to share them.
 */
public final class BlockHoundInstallation implements TestExecutionListener {

  @Override
  public void testPlanExecutionStarted(TestPlan plan) {
    BlockHound.install(
        builder ->
            // A lock of Netty's allocator, which excuses those of its predecessor itself.
            builder.allowBlockingCallsInside(
                "io.netty.buffer.AdaptivePoolingAllocator$Magazine", "free"));
  }
}
