package io.guestfs.benchmarks.comparison;

/** How much is moved and walked; the names of the metrics say it. */
enum Workload {
  FULL(512, 5_000, 100),

  /** For a first look: what happens once per call or file system counts for more. */
  QUICK(128, 1_250, 25);

  static final int FILES_PER_DIRECTORY = 500;

  private static final int THOUSAND = 1_000;

  private final int megabytes;
  private final int treeFiles;
  private final int walkDirectories;

  Workload(int megabytes, int treeFiles, int walkDirectories) {
    this.megabytes = megabytes;
    this.treeFiles = treeFiles;
    this.walkDirectories = walkDirectories;
  }

  /** Of the large file, and of the tree that archives are made of; each of 2²⁰ bytes. */
  int megabytes() {
    return megabytes;
  }

  int treeFiles() {
    return treeFiles;
  }

  /** Of the tree that is walked; in each are {@value #FILES_PER_DIRECTORY} files. */
  int walkDirectories() {
    return walkDirectories;
  }

  /** A name with the size of the large file, as {@code upload.512m}. */
  String ofMegabytes(String name) {
    return "%s.%dm".formatted(name, megabytes);
  }

  /** A name with the number of files that are walked, as {@code walk.50k}. */
  String ofThousands(String name) {
    return "%s.%dk".formatted(name, walkDirectories * FILES_PER_DIRECTORY / THOUSAND);
  }
}
