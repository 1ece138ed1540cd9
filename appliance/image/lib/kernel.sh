# Kernel, its modules for the root, and the initial RAM disk. Needs debian.sh.

# kernel_parts DIRECTORY RESOLVED BUSYBOX: fills DIRECTORY with kernel, version, initrd and modules
# (a tree for the root), from the kernel's package.
kernel_parts() {
  local work=$1/work version
  say "Taking the kernel and its modules"
  debian_unpack "$2" "$work"
  version=$(basename "$work"/boot/vmlinuz-* | sed 's/^vmlinuz-//')
  echo "$version" >"$1/version"
  depmod -b "$work" "$version"
  uncompressed_kernel "$work/boot/vmlinuz-$version" >"$1/kernel" ||
    cp "$work/boot/vmlinuz-$version" "$1/kernel"
  root_modules "$work" "$version" "$1/modules"
  initrd_tree "$work" "$version" "$1/initrd.tree"
  find "$1/modules" "$1/initrd.tree/modules" -name '*.ko' | while read -r module; do
    drop_signature "$module"
  done
  install -D "$3" "$1/initrd.tree/bin/busybox"
  archive "$1/initrd.tree" >"$1/initrd"
  rm -rf "$work" "$1/initrd.tree"
}

# drop_signature MODULE: takes the signature off a kernel module, if it has one at its end. To verify it
# the kernel hashes the whole module, which under emulation is most of what loading one costs; that it
# is Debian's has been verified with the package, and that it was not changed since is up to whoever
# can change the kernel beside it.
drop_signature() {
  local size signature magic='~Module signature appended~' footer=40
  size=$(stat -c %s "$1")
  [[ $(tail -c 28 "$1" | tr -d '\0') == "$magic" ]] || return 0
  # The last word of the structure (linux/module_signature.h) before the magic line, big-endian.
  signature=$(od -An --endian=big -tu4 -j $((size - 32)) -N 4 "$1")
  truncate -s $((size - footer - signature)) "$1"
}

# uncompressed_kernel VMLINUZ: prints the ELF kernel inside. qemu starts it directly (PVH), which
# under software emulation saves the five seconds that unpacking takes in the guest. Fails where the
# kernel is of another form.
uncompressed_kernel() {
  local setup_sectors offset length magic unpack
  [[ $(bytes_at "$1" $((0x202)) 4) == HdrS ]] || return 1
  # Fields of the x86 boot protocol.
  setup_sectors=$(number_at "$1" $((0x1f1)) 1)
  offset=$(number_at "$1" $((0x248)) 4)
  length=$(number_at "$1" $((0x24c)) 4)
  offset=$(((setup_sectors + 1) * 512 + offset))
  magic=$(od -An -tx1 -j "$offset" -N 4 "$1" | tr -d ' ')
  case $magic in
    fd377a58) unpack=(xz -dc --single-stream) ;;
    28b52ffd) unpack=(zstd -dcq) ;;
    1f8b*) unpack=(gzip -dcq) ;;
    *) return 1 ;;
  esac
  # The payload ends with its own length, which the unpackers may complain of.
  bytes_at "$1" "$offset" $((length - 4)) | "${unpack[@]}"
}

# bytes_at FILE OFFSET COUNT
bytes_at() { dd if="$1" iflag=skip_bytes,count_bytes skip="$2" count="$3" bs=64K status=none; }

# number_at FILE OFFSET SIZE
number_at() { od -An -tu"$3" -j "$2" -N "$3" "$1" | tr -d ' '; }

# root_modules WORK VERSION DIRECTORY: a tree with the modules of the list root-modules.
root_modules() {
  local from=$1/lib/modules/$2 to=$3/usr/lib/modules/$2 names
  mkdir -p "$to"
  mapfile -t names < <(
    shopt -s nullglob globstar
    cd "$from/kernel"
    # shellcheck disable=SC2046 # the patterns are there to be expanded
    printf '%s\n' $(entries "$OLDPWD/root-modules") | sed -n 's|.*/\(.*\)\.ko$|\1|p'
  )
  module_files "$1" "$2" "${names[@]}" | (cd "$from" && xargs cp --parents -t "$to")
  cp "$from"/modules.{builtin,builtin.modinfo,order} "$to"
  depmod -b "$3/usr" "$2"
}

# module_files WORK VERSION NAME...: the files of modules in the order of loading, each once,
# relative to the directory of the kernel's modules.
module_files() {
  local prefix=$1/lib/modules/$2/
  modprobe -d "$1" -S "$2" --show-depends -a "${@:3}" |
    sed -n "s|^insmod $prefix\([^ ]*\).*|\1|p" | awk '!seen[$0]++'
}

# initrd_tree WORK VERSION DIRECTORY
initrd_tree() {
  local names
  mkdir -p "$3"/{bin,dev,modules,proc,root,holder,sys}
  install -m 755 initrd/init "$3/init"
  mapfile -t names < <(entries initrd-modules)
  initrd_modules "$1" "$2" "$3/modules" every-boot "${names[@]}"
  mapfile -t names < <(entries initrd-modules-fixed)
  initrd_modules "$1" "$2" "$3/modules" fixed "${names[@]}"
}

# initrd_modules WORK VERSION DIRECTORY LIST NAME...: copies modules and writes the order of loading.
initrd_modules() {
  local file
  while read -r file; do
    cp "$1/lib/modules/$2/$file" "$3"
    basename "$file" >>"$3/$4"
  done < <(module_files "$1" "$2" "${@:5}")
}

# archive TREE: the tree as the kernel wants its initial RAM disk. Not compressed: unpacking in the
# guest costs more than loading.
archive() {
  find "$1" -exec touch -hd @0 {} +
  (cd "$1" && find . -print0 | LC_ALL=C sort -z |
    cpio --null --create --format=newc --owner=0:0 --reproducible --quiet)
}
