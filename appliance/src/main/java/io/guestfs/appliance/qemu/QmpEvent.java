package io.guestfs.appliance.qemu;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Something that qemu reports by itself.
 *
 * @param name as in qemu's QMP reference, for example {@code VSERPORT_CHANGE}
 * @param data what it reports; an empty object when nothing
 */
public record QmpEvent(String name, JsonNode data) {}
