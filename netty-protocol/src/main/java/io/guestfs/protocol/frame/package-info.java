/**
 * The frames of the libguestfs protocol: messages with their header, chunks of file content, and
 * the words that stand alone (launch, cancel, progress).
 *
 * <p>{@link io.guestfs.protocol.frame.FrameDecoder} belongs in a Netty pipeline. The other classes
 * need {@code netty-buffer} alone, so that a program without Netty's transports can use them.
 */
@NullMarked
package io.guestfs.protocol.frame;

import org.jspecify.annotations.NullMarked;
