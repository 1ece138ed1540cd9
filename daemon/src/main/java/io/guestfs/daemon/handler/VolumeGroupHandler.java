package io.guestfs.daemon.handler;

import io.guestfs.calls.wire.VolumeGroupCallsHandler;
import io.guestfs.daemon.lvm.Lvm;
import java.util.List;

/** Serves the calls that change volume groups. */
public final class VolumeGroupHandler implements VolumeGroupCallsHandler {
  private final Lvm lvm;

  public VolumeGroupHandler(Lvm lvm) {
    this.lvm = lvm;
  }

  @Override
  public void vgremove(String vgname) {
    lvm.run(List.of("vgremove", "--yes", "--force"), List.of(vgname));
  }

  @Override
  public void vgrename(String volgroup, String newvolgroup) {
    lvm.run(List.of("vgrename"), List.of(volgroup, newvolgroup));
  }

  @Override
  public void vgActivateAll(boolean activate) {
    vgActivate(activate, List.of());
  }

  @Override
  public void vgActivate(boolean activate, List<String> volgroups) {
    lvm.run(List.of("vgchange", "--activate", activate ? "y" : "n"), volgroups);
  }

  @Override
  public String vguuid(String vgname) {
    return lvm.value("vgs", "vg_uuid", vgname);
  }

  @Override
  public List<String> vgpvuuids(String vgname) {
    return lvm.values("vgs", "pv_uuid", vgname);
  }

  @Override
  public List<String> vglvuuids(String vgname) {
    return lvm.values("vgs", "lv_uuid", vgname);
  }

  @Override
  public void vgchangeUuid(String vg) {
    lvm.run(List.of("vgchange", "--uuid"), List.of(vg));
  }

  @Override
  public void vgchangeUuidAll() {
    lvm.run(List.of("vgchange", "--uuid"), List.of());
  }

  @Override
  public byte[] vgmeta(String vgname) {
    return lvm.metadata(vgname);
  }
}
