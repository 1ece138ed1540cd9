package io.guestfs.calls;

import io.guestfs.protocol.annotation.Struct;

/**
 * The kernel of the appliance, as uname(2) gives it.
 *
 * @param utsSysname its name, {@code Linux}
 * @param utsRelease its release, such as {@code 6.1.0-18-amd64}
 * @param utsVersion which build of it
 * @param utsMachine the architecture, such as {@code x86_64}
 */
@Struct(name = "utsname")
public record UTSName(String utsSysname, String utsRelease, String utsVersion, String utsMachine) {}
