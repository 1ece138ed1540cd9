package io.guestfs;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a handle waits.
 *
 * @param call for a call from its subscription to its reply, without the time that content flows;
 *     null for ever
 * @param idle for the next piece of content when it was asked for, or for content to be taken
 * @param drain for the end of what was cancelled or took too long
 * @param close for what runs and waits, and for the last flush, once the handle is being closed
 * @param handshake for the first word of the daemon once its port is open
 */
record Timeouts(
    @Nullable Duration call, Duration idle, Duration drain, Duration close, Duration handshake) {}
