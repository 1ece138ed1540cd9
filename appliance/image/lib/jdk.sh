# The JDK 25 that the daemon is compiled and run with. Needs report.sh.

jdk_directory=/usr/lib/jvm

# jdk25_home: prints where one is installed.
jdk25_home() {
  local home
  for home in ${JAVA25_HOME:+"$JAVA25_HOME"} "$jdk_directory"/*; do
    if [[ -x $home/bin/jlink && $(jdk_property "$home" JAVA_VERSION) == 25* ]]; then
      printf '%s\n' "$home"
      return
    fi
  done
  die "no JDK 25 found; unpack one below $jdk_directory or set JAVA25_HOME to its directory"
}

jdk_property() { sed -n "s/^$2=\"\(.*\)\"/\1/p" "$1/release" 2>/dev/null; }
