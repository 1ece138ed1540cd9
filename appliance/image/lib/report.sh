# What the scripts say: progress on standard error, results on standard output.

say() { printf '%s\n' "$*" >&2; }

die() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# need PROGRAM PACKAGE...: ends with one line when a program is missing.
need() {
  while (($# > 1)); do
    command -v "$1" >/dev/null || die "$1 is missing; install it with: apt-get install $2"
    shift 2
  done
}

# entries FILE: the lines of a list without comments and blanks.
entries() { sed -e 's/[[:space:]]*#.*//' -e '/^[[:space:]]*$/d' "$1"; }
