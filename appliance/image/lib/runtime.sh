# The daemon's Java runtime. Needs report.sh.

# runtime_tree DIRECTORY JDK: makes DIRECTORY/runtime.
runtime_tree() {
  local modules
  say "Making the daemon's Java runtime"
  modules=$(entries jdk-modules | paste -sd ,)
  "$2/bin/jlink" --add-modules "$modules" --no-header-files --no-man-pages --output "$1/runtime"
  # The image has no times, and Java compares those of its modules with what it has recorded of them.
  touch -d @0 "$1/runtime/lib/modules"
}
