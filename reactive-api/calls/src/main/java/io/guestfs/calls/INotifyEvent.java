package io.guestfs.calls;

import io.guestfs.protocol.annotation.Struct;
import io.guestfs.protocol.annotation.UInt32;

/**
 * Something that happened to a watched file; see inotify(7).
 *
 * @param inWd which watch saw it; −1 when events were lost
 * @param inMask what happened, bits as they are given to {@link InotifyCalls#inotifyAddWatch}
 * @param inCookie the same number for the two events of a rename
 * @param inName the name in a watched directory; empty for the watched file itself
 */
@Struct(name = "inotify_event")
public record INotifyEvent(long inWd, @UInt32 long inMask, @UInt32 long inCookie, String inName) {}
