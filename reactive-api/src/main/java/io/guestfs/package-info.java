/**
 * Virtual machine disk images as {@link reactor.core.publisher.Mono} and {@link
 * reactor.core.publisher.Flux}.
 *
 * <p>{@link io.guestfs.GuestfsBuilder} says what to launch, {@link io.guestfs.Guestfs} is what was
 * launched. Everything else here is what they give, take or fail with.
 */
@NullMarked
package io.guestfs;

import org.jspecify.annotations.NullMarked;
