# Results kept by the digest of what they were made from, published by renaming, made under a lock.
# Needs report.sh.

cache=${XDG_CACHE_HOME:-$HOME/.cache}/reactor-guestfs

# Results that nobody asked for in this many days are removed by the next build.
readonly cache_days=7

# digest: of standard input.
digest() { sha256sum | cut -c1-32; }

# digest_of FILE...: of contents and last names, so that a renamed or removed file counts too.
digest_of() { sha256sum -- "$@" | sed 's| .*/| |' | digest; }

# Only one build at a time; whatever an interrupted one left behind is swept by the next.
cache_lock() {
  mkdir -p "$cache" 2>/dev/null || die "cannot make $cache; set XDG_CACHE_HOME to a directory you may write"
  exec {cache_lock_fd}>"$cache/lock"
  flock -n "$cache_lock_fd" || {
    say "Waiting for another build to end"
    flock "$cache_lock_fd"
  }
  find "$cache" -mindepth 2 -maxdepth 2 -name '.new.*' -exec rm -rf {} +
}

# need_space MEGABYTES
need_space() {
  local free
  free=$(df --output=avail -BM "$cache" | tail -n 1 | tr -dc 0-9)
  ((free >= $1)) || die "$cache has $free MB free, $1 MB are needed;" \
    "make room or set XDG_CACHE_HOME to a directory on a larger disk"
}

# cached KIND DIGEST MAKER [ARGUMENT...]: prints the directory of a result. When it is not there,
# MAKER fills a new directory, its first argument.
cached() (
  dir=$cache/$1/$2
  if [[ ! -d $dir ]]; then
    mkdir -p "$cache/$1"
    new=$(mktemp -d "$cache/$1/.new.XXXXXX")
    trap 'rm -rf "$new"' EXIT
    "$3" "$new" "${@:4}" >&2
    chmod 755 "$new"
    mv -T "$new" "$dir"
  fi
  touch -c "$dir"
  printf '%s\n' "$dir"
)

# forget KIND: removes results that were not asked for lately.
forget() {
  find "$cache/$1" -mindepth 1 -maxdepth 1 -type d -mtime "+$cache_days" -exec rm -rf {} +
}
