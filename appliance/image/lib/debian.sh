# Debian packages without root and without their maintainer scripts: an index, a cache and a status
# of our own, the machine's sources. Needs report.sh and cache.sh.
#
# A package is a line "URL FILE SIZE HASH", as apt-get --print-uris prints it.

debian_archives=$cache/packages

# The own status makes apt resolve from nothing, whatever the machine has installed. It leaves out
# of its list what is in its own cache of packages, so that cache is ours too, and stays empty.
debian_apt() {
  local tool=$1
  shift
  "$tool" -qq \
    -o Dir::State="$cache/apt" -o Dir::State::status="$cache/apt/status" \
    -o Dir::Cache="$cache/apt" -o Dir::Cache::pkgcache=pkgcache.bin \
    -o APT::Sandbox::User=root -o APT::Install-Recommends=false \
    -o Acquire::Languages=none -o Acquire::Retries=2 -o Acquire::ForceHash=sha256 "$@"
}

# debian_index: fetches the index of the machine's sources unless there is one.
debian_index() {
  mkdir -p "$cache/apt/lists/partial" "$cache/apt/archives/partial"
  : >"$cache/apt/status"
  compgen -G "$cache/apt/lists/*Release" >/dev/null && return
  say "Fetching the index of Debian packages"
  debian_apt apt-get update >&2 && compgen -G "$cache/apt/lists/*Release" >/dev/null ||
    die "the index of Debian packages cannot be fetched; check the network and /etc/apt/sources.list"
}

debian_forget_index() { rm -rf "$cache/apt/lists" "$cache/resolved"; }

# debian_closure LIST: the packages of a list with all they depend on. apt is told that those which
# the list names with a minus sign are installed, so neither they nor what they depend on come.
debian_closure() {
  local wanted
  mapfile -t wanted < <(entries "$1" | grep -v '^-')
  entries "$1" | sed -n 's/^-//p' | while read -r package; do
    printf '%s\n' "Package: $package" 'Status: install ok installed' 'Version: 999:0' \
      "Architecture: $(dpkg --print-architecture)" 'Multi-Arch: allowed' 'Maintainer: nobody' \
      'Description: left out' ''
  done >"$cache/apt/status"
  debian_apt apt-get --print-uris install "${wanted[@]}" | tr -d "'" | sort -k 2
}

# debian_kernel: the newest kernel package of this architecture.
debian_kernel() {
  local meta package
  meta=linux-image-$(dpkg --print-architecture)
  package=$(debian_apt apt-cache depends --important "$meta" | sed -n 's/^ *Depends: //p' | head -n 1)
  debian_apt apt-get --print-uris download "$package" | tr -d "'"
}

# debian_resolved NAME COMMAND...: prints a file with the packages that COMMAND prints, asked for
# once and then kept until the index is forgotten, so that builds are repeatable and work offline.
debian_resolved() {
  local file=$cache/resolved/$1
  shift
  if [[ ! -s $file ]]; then
    debian_index
    mkdir -p "${file%/*}"
    "$@" >"$file.new" && [[ -s $file.new ]] ||
      die "apt cannot resolve the packages; see above, and try again with --update"
    mv "$file.new" "$file"
  fi
  printf '%s\n' "$file"
}

# debian_fetch FILE: downloads the packages of a resolved file that are not there yet.
debian_fetch() {
  local url file hash missing=() new=$debian_archives/.new
  while read -r url file _ hash; do
    [[ -f $debian_archives/$file ]] || missing+=("$url" "$new/$file" "$hash")
  done <"$1"
  ((${#missing[@]})) || return 0
  say "Downloading $((${#missing[@]} / 3)) packages"
  mkdir -p "$new"
  debian_apt /usr/lib/apt/apt-helper download-file "${missing[@]}" >&2 ||
    die "packages cannot be downloaded; check the network, or try again with --update"
  mv "$new"/*.deb "$debian_archives"
}

# debian_unpack FILE DIRECTORY: unpacks the packages of a resolved file over each other.
debian_unpack() {
  local file directory
  # Packages still ship /bin and /lib; tar must find them merged already, and keep them so.
  for directory in bin lib lib64 sbin; do
    mkdir -p "$2/usr/$directory"
    ln -sfn "usr/$directory" "$2/$directory"
  done
  while read -r _ file _; do
    dpkg-deb --fsys-tarfile "$debian_archives/$file" |
      tar -x -p --no-same-owner --keep-directory-symlink -C "$2"
  done <"$1"
}

# debian_finish TREE: does what the maintainer scripts of the most basic packages would have done.
debian_finish() {
  ln -sf dash "$1/usr/bin/sh"
  ln -sf mawk "$1/usr/bin/awk"
  cp "$1/usr/share/base-passwd/passwd.master" "$1/etc/passwd"
  cp "$1/usr/share/base-passwd/group.master" "$1/etc/group"
  # Ordinary users build, and remove, what is in here.
  chmod -R u+rwX "$1"
}

# debian_manifest FILE...: name and version of each package of resolved files.
debian_manifest() {
  awk '{ split($2, part, "_"); gsub(/%3a/, ":", part[2]); print part[1], part[2] }' "$@" | sort
}
