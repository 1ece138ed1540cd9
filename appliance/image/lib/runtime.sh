# The daemon's Java runtime. Needs report.sh.

# runtime_tree DIRECTORY JDK: makes DIRECTORY/runtime.
runtime_tree() {
  local modules
  say "Making the daemon's Java runtime"
  modules=$(entries jdk-modules | paste -sd ,)
  "$2/bin/jlink" --add-modules "$modules" --no-header-files --no-man-pages --output "$1/runtime"
  # A class-data archive for the collector that java-options chooses.
  "$1/runtime/bin/java" -XX:+UseSerialGC -Xshare:dump
}
