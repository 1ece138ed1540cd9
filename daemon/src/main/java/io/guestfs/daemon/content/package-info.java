/** What files and devices hold: copied, compared, looked for. */
@NullMarked
package io.guestfs.daemon.content;

import org.jspecify.annotations.NullMarked;
