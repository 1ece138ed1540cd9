/** What an appliance is made from, what it looks like when it runs, and what can go wrong. */
@NullMarked
package io.guestfs.appliance;

import org.jspecify.annotations.NullMarked;
