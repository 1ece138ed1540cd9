package io.guestfs.calls;

import io.guestfs.protocol.annotation.Struct;

/**
 * A member of a software RAID array.
 *
 * @param mdstatDevice the device
 * @param mdstatIndex its place in the array
 * @param mdstatFlags letters of what is to be said of it: {@code F} it has failed, {@code S} it is
 *     spare, {@code W} it is read from only when nothing else can be, {@code R} it is about to
 *     replace another, {@code J} it holds the journal
 */
@Struct(name = "mdstat")
public record MDStat(String mdstatDevice, int mdstatIndex, String mdstatFlags) {}
