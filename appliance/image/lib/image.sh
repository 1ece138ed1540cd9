# The finished appliance. Needs the other parts.

# image_files DIRECTORY DIGEST BASE KERNEL RUNTIME DAEMON: fills DIRECTORY with kernel, initrd, root
# and what a launcher must know about them.
image_files() {
  local work=$1/work
  say "Making the root image"
  root_tree "$work" "$3" "$4" "$5" "$6"
  # The name of the image and its UUID follow from what it is made from.
  mkfs.erofs -zlz4hc -C65536 --all-root -T0 -U "$(uuid_of "$2")" --quiet "$1/root" "$work"
  rm -rf "$work"
  ln "$4/kernel" "$4/initrd" "$1"
  cp "$3/packages" "$1/packages"
  cat "$4/packages" >>"$1/packages"
  properties "$2" "$(<"$4/version")" "$5" >"$1/appliance.properties"
}

# root_tree TREE BASE KERNEL RUNTIME DAEMON
root_tree() {
  cp -al "$2/tree" "$1"
  cp -al "$3/modules/." "$1"
  mkdir -p "$1"/{dev,proc,run,sys,sysroot,tmp} "$1/usr/lib/guestfs"
  cp -R guestfs/. "$1/usr/lib/guestfs"
  cp -al "$4/runtime" "$1/usr/lib/guestfs/runtime"
  daemon_jars "$5" "$1/usr/lib/guestfs/lib"
  java_arguments "$1" >"$1/usr/lib/guestfs/java.arguments"
  rehearse "$1"
  # What must be writable is below /run, where init makes it.
  rm -rf "${1:?}"/{etc/{lvm,mdadm,mtab,resolv.conf},var}
  ln -s /run/etc/{lvm,mdadm,resolv.conf} "$1/etc"
  ln -s /proc/self/mounts "$1/etc/mtab"
  ln -s run/var "$1/var"
}

# daemon_jars ZIP_OR_DIRECTORY DIRECTORY
daemon_jars() {
  mkdir -p "$2"
  if [[ -d $1 ]]; then
    cp "$1"/lib/*.jar "$2"
  else
    unzip -qj "$1" 'lib/*.jar' -d "$2"
  fi
}

# daemon_jars_content ZIP_OR_DIRECTORY: prints the bytes of all jars, to tell one daemon from another.
daemon_jars_content() {
  if [[ -d $1 ]]; then
    cat "$1"/lib/*.jar
  else
    unzip -p "$1" 'lib/*.jar'
  fi
}

# java_arguments TREE: the options, and a class path in a fixed order.
java_arguments() {
  entries java-options
  echo -XX:AOTCache=/usr/lib/guestfs/aot-cache
  printf -- '-cp '
  (cd "$1" && printf '/%s\n' usr/lib/guestfs/lib/*.jar | paste -sd :)
}

# rehearse TREE: runs the daemon here, so that Java finds there what it has loaded and linked. It takes
# the class path for the same when all of it has moved together, with the times that the image has.
rehearse() {
  local scratch=$1/rehearsal lib=$1/usr/lib/guestfs output
  mkdir "$scratch"
  touch -d @0 "$lib"/lib/*.jar
  output=$("$lib/runtime/bin/java" $(entries java-options) -XX:AOTCacheOutput="$lib/aot-cache" \
    -cp "$(printf '%s\n' "$lib"/lib/*.jar | paste -sd :)" \
    io.guestfs.daemon.Rehearsal "$scratch" 2>&1) || die "the daemon cannot be rehearsed: $output"
  rm -rf "$scratch"
}

# uuid_of DIGEST: its first 32 digits as a UUID.
uuid_of() { sed -E 's/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/\1-\2-\3-\4-\5/' <<<"$1"; }

# properties DIGEST KERNEL_VERSION RUNTIME
properties() {
  cat <<END
# An appliance of reactor-guestfs; stock libguestfs's have no such file.
digest=$1
architecture=$(uname -m)
java.version=$(jdk_property "$3/runtime" JAVA_VERSION)
kernel.version=$2
# To be given to this kernel at every launch, with whatever the launcher adds.
kernel.arguments=$(entries kernel-arguments | paste -sd ' ')
# Version of what is said on the port io.guestfs.control.0, by which a machine is saved and woken.
control=4
# Of the file root, which must be the first virtio-blk disk, read-only.
format=erofs
END
}
