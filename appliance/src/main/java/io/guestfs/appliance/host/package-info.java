/** Programs and users of the host. */
@NullMarked
package io.guestfs.appliance.host;

import org.jspecify.annotations.NullMarked;
