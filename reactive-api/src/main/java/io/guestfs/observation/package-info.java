/**
 * Meters and observations of Micrometer, which is an optional dependency: nothing else of the
 * library refers to it, nor to this package. Start at {@link
 * io.guestfs.observation.MicrometerInstrumentation}.
 */
@NullMarked
package io.guestfs.observation;

import org.jspecify.annotations.NullMarked;
