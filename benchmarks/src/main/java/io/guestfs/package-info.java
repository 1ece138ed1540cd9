/** What the actor behind a handle costs, measured from where it can be reached. */
@NullMarked
package io.guestfs;

import org.jspecify.annotations.NullMarked;
