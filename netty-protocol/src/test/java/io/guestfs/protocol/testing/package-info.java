/** What tests of the protocol, in this module and in others, have in common. */
@NullMarked
package io.guestfs.protocol.testing;

import org.jspecify.annotations.NullMarked;
