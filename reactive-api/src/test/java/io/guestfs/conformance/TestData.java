package io.guestfs.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Makes the test data below a folder on the host: disks, files, and an ISO of them all. */
final class TestData {

  private static final List<String> DISKS =
      List.of("blank-disk-1s", "blank-disk-1K", "blank-disk-1M");

  private static final String INITRD = "empty\nknown-1\nknown-2\nknown-3\nknown-4\nknown-5\n";

  private final Path tests;
  private final Path work;
  private final Path disks;
  private final Path files;
  private final Path iso;

  /** Makes all of it, by programs of the host where there is one that does. */
  TestData(Path folder) throws IOException {
    tests = Files.createDirectory(folder.resolve("tests"));
    work = Files.createDirectory(folder.resolve("work"));
    Path data = folder.resolve("test-data");
    disks = Files.createDirectories(data.resolve("blank-disks"));
    files = Files.createDirectories(data.resolve("files"));
    iso = data.resolve("test.iso");

    Files.writeString(
        folder.resolve("COPYING.LIB"), "A text that is there to be copied.\n".repeat(99));
    makePrograms();
    makeDisks();
    makeFiles();
    makeArchives();
    Files.createDirectory(files.resolve("directory"));
    Files.createSymbolicLink(files.resolve("abssymlink"), Path.of("/10klines"));
    Host.run(data, "genisoimage", "-quiet", "-J", "-r", "-o", iso.toString(), "files");
  }

  /** The folder that the tests run in. */
  Path tests() {
    return tests;
  }

  /** The image of the disk with the files. */
  Path iso() {
    return iso;
  }

  /** Statically linked, as they run where there is no library. */
  private void makePrograms() throws IOException {
    Path folder = Files.createDirectory(tests.resolve("c-api"));
    for (String name : List.of("test-command", "test-pwd")) {
      try (InputStream source = TestData.class.getResourceAsStream("/conformance/" + name + ".s")) {
        Files.copy(Objects.requireNonNull(source), work.resolve(name + ".s"));
      }
      Host.run(work, "as", "-o", name + ".o", name + ".s");
      Host.run(work, "ld", "-o", folder.resolve(name).toString(), name + ".o");
    }
  }

  private void makeDisks() throws IOException {
    for (String disk : DISKS) {
      String bytes = disk.endsWith("s") ? "512" : disk.substring(disk.lastIndexOf('-') + 1);
      qemuImg("-f raw " + disk + ".raw " + bytes);
      qemuImg("-f qcow2 -o preallocation=metadata " + disk + ".qcow2 " + bytes);
    }
    qemuImg("-f qcow2 -b blank-disk-1M.raw -F raw blank-disk-with-backing.qcow2");
    Host.run(disks, "cp", "-r", ".", files.toString());
  }

  private void qemuImg(String arguments) throws IOException {
    Host.run(disks, ("qemu-img create -q " + arguments).split(" "));
  }

  private void makeFiles() throws IOException {
    write(SampleFiles.all());
    write(Executables.all());
    Host.run(files, "gzip", "-kn", "test-grep.txt", "bin-x86_64-dynamic");
    Host.run(files, "xz", "-k", "lib-i586.so");
    Host.run(files, "zstd", "-q", "lib-i586.so");
  }

  private void write(Map<String, byte[]> contents) throws IOException {
    for (Map.Entry<String, byte[]> file : contents.entrySet()) {
      Files.write(files.resolve(file.getKey()), file.getValue());
    }
  }

  private void makeArchives() throws IOException {
    Files.writeString(work.resolve("world"), "world\n");
    Files.writeString(work.resolve("hello"), "hello\n");
    String tar = files.resolve("helloworld.tar").toString();
    Host.run(work, "tar", "--no-recursion", "-cf", tar, "./", "./world", "./hello");

    cpio(files, INITRD, work.resolve("initrd"));
    Host.run(work, "gzip", "-n", "initrd");
    Files.move(work.resolve("initrd.gz"), files.resolve("initrd"));
    Files.copy(
        files.resolve("bin-x86_64-dynamic"),
        Files.createDirectory(work.resolve("bin")).resolve("nash"));
    cpio(work, "bin/nash\n", files.resolve("initrd-x86_64.img"));

    Host.run(files, "gzip", "-kn", "helloworld.tar", "initrd-x86_64.img");
    Host.run(files, "xz", "-k", "helloworld.tar");
  }

  private static void cpio(Path folder, String names, Path archive) throws IOException {
    Host.run(
        folder, names, List.of("cpio", "--quiet", "-o", "-H", "newc", "-O", archive.toString()));
  }
}
