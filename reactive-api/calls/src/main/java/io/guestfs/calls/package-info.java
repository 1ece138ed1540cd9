/**
 * The calls, declared once, by topic. {@code io.guestfs.Guestfs} extends all interfaces here whose
 * calls are for users; the daemon serves what the build makes of them.
 *
 * <p>What holds for every call:
 *
 * <ul>
 *   <li>A returned {@code Mono} or {@code Flux} is cold: each subscription makes one call. Calls of
 *       one handle are made in the order of their subscriptions, one after another.
 *   <li>A {@code Flux} of strings or structures comes from one reply, which is there in whole
 *       before the first element; the handle is free for other calls by then. A {@code
 *       Flux<ByteBuffer>} is a transfer that holds the handle until it ends.
 *   <li>Cancelling a call that waits removes it. Cancelling one that runs drops its result, and the
 *       next call begins when the daemon has answered. Cancelling a transfer breaks it off.
 *   <li>A call that fails ends with an error signal and throws nothing to the caller: a {@code
 *       CallFailedException} with the errno where the daemon refused.
 *   <li>A path is absolute in the mounted guest, and no symbolic link leads out of it. A device is
 *       {@code /dev/sda}, {@code /dev/sda1}, {@code /dev/VG/LV} and the like.
 *   <li>Strings of a guest are bytes; those that are not UTF-8 are carried as lone surrogates and
 *       come back as they were.
 * </ul>
 */
@NullMarked
package io.guestfs.calls;

import org.jspecify.annotations.NullMarked;
