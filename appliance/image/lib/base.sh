# The part of the root that is Debian's: packages unpacked and pruned. Needs debian.sh.

# base_tree DIRECTORY RESOLVED: fills DIRECTORY.
base_tree() {
  say "Unpacking $(wc -l <"$2") packages"
  debian_unpack "$2" "$1"
  prune_tree "$1"
  debian_finish "$1"
}

prune_tree() (
  shopt -s dotglob extglob globstar nullglob
  mapfile -t patterns < <(entries prune)
  cd "$1"
  for pattern in "${patterns[@]}"; do
    # shellcheck disable=SC2086 # the patterns are there to be expanded
    rm -rf -- $pattern
  done
)
