package io.guestfs.daemon.filesystem;

import io.guestfs.calls.Mke2fsOptions;
import io.guestfs.calls.value.Device;
import io.guestfs.daemon.error.Arguments;
import io.guestfs.daemon.tool.Tool;
import io.guestfs.daemon.tool.ToolOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes ext file systems and journals by mke2fs(8). */
public final class Mke2fs {
  private Mke2fs() {}

  /**
   * Makes one.
   *
   * @param journalDevice where the journal is, by the name that the kernel has for it
   */
  public static void run(Device device, Mke2fsOptions options, @Nullable String journalDevice) {
    Tool mke2fs = Tool.of("mke2fs").args(arguments(options, journalDevice)).args(device.name());
    if (options.blockscount() != null) {
      Arguments.requireNotNegative("blockscount", options.blockscount());
      mke2fs.args(options.blockscount().toString());
    }
    mke2fs.run();
  }

  static List<String> arguments(Mke2fsOptions options, @Nullable String journalDevice) {
    return new ToolOptions()
        .flag("-F", options.forcecreate())
        .flag("-S", options.writesbandgrouponly())
        .value("-t ", options.fstype())
        .value("-T ", options.usagetype())
        .number("-b ", "blocksize", options.blocksize())
        .number("-f ", "fragsize", options.fragsize())
        .number("-g ", "blockspergroup", options.blockspergroup())
        .number("-G ", "numberofgroups", options.numberofgroups())
        .number("-i ", "bytesperinode", options.bytesperinode())
        .number("-I ", "inodesize", options.inodesize())
        .number("-N ", "numberofinodes", options.numberofinodes())
        .number("-m ", "reservedblockspercentage", options.reservedblockspercentage())
        .value("-L ", label(options.label()))
        .value("-M ", options.lastmounteddir())
        .value("-o ", options.creatoros())
        .value("-U ", options.uuid())
        .list("-J ", journal(options, journalDevice))
        .list("-E ", extended(options))
        .list("-O ", features(options))
        .arguments();
  }

  private static @Nullable String label(@Nullable String label) {
    if (label != null) {
      FilesystemLabel.checkExt(label);
    }
    return label;
  }

  private static List<String> journal(Mke2fsOptions options, @Nullable String device) {
    List<String> journal = new ArrayList<>();
    number(journal, "size", "journalsize", options.journalsize());
    if (device != null) {
      journal.add("device=" + device);
    }
    return journal;
  }

  private static List<String> extended(Mke2fsOptions options) {
    List<String> extended = new ArrayList<>();
    number(extended, "stride", "stridesize", options.stridesize());
    number(extended, "stripe_width", "stripewidth", options.stripewidth());
    number(extended, "resize", "maxonlineresize", options.maxonlineresize());
    number(extended, "mmp_update_interval", "mmpupdateinterval", options.mmpupdateinterval());
    choose(extended, options.lazyitableinit(), "lazy_itable_init=1", "lazy_itable_init=0");
    choose(extended, options.lazyjournalinit(), "lazy_journal_init=1", "lazy_journal_init=0");
    choose(extended, options.testfs(), "test_fs", "");
    choose(extended, options.discard(), "discard", "nodiscard");
    choose(extended, options.quotatype(), "quotatype=usrquota:grpquota", "");
    return extended;
  }

  private static List<String> features(Mke2fsOptions options) {
    List<String> features = new ArrayList<>();
    feature(features, "extent", options.extent());
    feature(features, "filetype", options.filetype());
    feature(features, "flex_bg", options.flexbg());
    feature(features, "has_journal", options.hasjournal());
    feature(features, "journal_dev", options.journaldev());
    feature(features, "large_file", options.largefile());
    feature(features, "quota", options.quota());
    feature(features, "resize_inode", options.resizeinode());
    feature(features, "sparse_super", options.sparsesuper());
    feature(features, "uninit_bg", options.uninitbg());
    return features;
  }

  private static void number(
      List<String> values, String option, String name, @Nullable Number value) {
    Arguments.requireNotNegative(name, value);
    if (value != null) {
      values.add(option + "=" + value);
    }
  }

  private static void feature(List<String> features, String name, @Nullable Boolean wanted) {
    choose(features, wanted, name, "^" + name);
  }

  private static void choose(
      List<String> values, @Nullable Boolean given, String ifTrue, String ifFalse) {
    if (given != null && !(given ? ifTrue : ifFalse).isEmpty()) {
      values.add(given ? ifTrue : ifFalse);
    }
  }
}
