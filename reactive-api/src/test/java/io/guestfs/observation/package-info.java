/** What Micrometer is told of calls, launches and pools, and the document that lists it. */
@NullMarked
package io.guestfs.observation;

import org.jspecify.annotations.NullMarked;
