#!/bin/bash
# Builds the machines of LinuxLab from Debian's packages. Knows how the files are made and refuses packages other than those
# in packages.tsv; what they are for is in README.md.
#   build.sh WORK [OUT [STEP...]]     WORK: an empty folder with 4 GB; OUT: where the results go, by default public/linux;
#                                     STEP: some of the steps at the end instead of all, in a WORK that has what they need
# Needs Debian 12, the tools of packages.tsv, and flex bison bc make xz-utils node; no root. i386 must be among
# apt's architectures (dpkg --add-architecture i386).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mkdir -p "$1" && cd "$1" && pwd)
out=$(mkdir -p "${2:-$here/../../public/linux}" && cd "${2:-$here/../../public/linux}" && pwd)

# Everything that would otherwise leak into the bytes: locale, clock, name of user and machine, number of the build.
export LC_ALL=C TZ=UTC SOURCE_DATE_EPOCH=1795305600 # 2026-11-22
export KBUILD_BUILD_TIMESTAMP=2026-11-22 KBUILD_BUILD_VERSION=1 KBUILD_BUILD_USER=layerlab KBUILD_BUILD_HOST=layerlab
umask 022

packages() { grep -v '^#' "$here/packages.tsv"; }

# Tools at other versions would give other bytes, which the manifest could not vouch for.
check_tools() {
  local part package arch version rest found
  while IFS=$'\t' read -r part package arch version rest; do
    [ "$part" = tool ] || continue
    found=$(dpkg-query -W -f '${Version}' "$package" 2>/dev/null || true)
    [ "$found" = "$version" ] || { echo "$package is ${found:-missing}, wanted $version" >&2; exit 1; }
  done < <(packages)
}

# A package from the Debian mirrors that apt knows. When they have moved on: https://snapshot.debian.org keeps every
# version; put the file into WORK/debs by hand.
fetch() {
  local part package arch version sum rest file
  mkdir -p "$work/debs" "$work/unpacked" && cd "$work/debs"
  while IFS=$'\t' read -r part package arch version sum rest; do
    [ "$part" != tool ] && [ "$arch" != npm ] || continue
    file=${package}_${version//:/%3a}_$arch.deb
    [ -f "$file" ] || apt-get download "$package$([ "$arch" = all ] || echo ":$arch")=$version"
    echo "$sum  $file" | sha256sum --check --quiet
    [ -d "$work/unpacked/$package" ] || dpkg-deb -x "$file" "$work/unpacked/$package"
  done < <(packages)
}

kernels() {
  kernel 6.1
  kernel 6.12
}

# kernel 6.1: unpacks, configures and compiles one series. The sources are compiled in place, so that paths are relative.
kernel() {
  local series=$1 tree="$work/linux-source-$1"
  if [ ! -d "$tree" ]; then tar -C "$work" -xf "$work/unpacked/linux-source-$series/usr/src/linux-source-$series.tar.xz"; fi
  cd "$tree"
  make -s ARCH=i386 tinyconfig >/dev/null
  ./scripts/kconfig/merge_config.sh -m .config "$here/kernel/fragment.config" >/dev/null
  make -s ARCH=i386 olddefconfig 2>/dev/null
  cp .config "$here/kernel/config-$series"
  make -s ARCH=i386 -j"$(nproc)" vmlinux
  multiboot "$tree" "$work/kernel-$series.elf"
}

# multiboot TREE FILE: puts the shim in front of the kernel's bare bytes.
multiboot() {
  local entry end part="$work/parts"
  entry=$(symbol "$1" startup_32) end=$(symbol "$1" _end)
  mkdir -p "$part" && cd "$part"
  objcopy -O binary -R .note -R .note.gnu.property -R .comment -S "$1/vmlinux" kernel.bin
  ld -m elf_i386 -r -b binary -o kernel.o kernel.bin
  gcc -m32 -Wa,--defsym,KERNEL_ENTRY="$entry" -c -o shim.o -x assembler "$here/shim.S"
  ld -m elf_i386 -nostdlib -z max-page-size=4096 -z noexecstack --no-warn-rwx-segments --build-id=none --strip-all \
    --defsym KERNEL_ENTRY="$entry" --defsym KERNEL_END="$end" -T "$here/shim.ld" -o "$2" shim.o kernel.o
}

# symbol TREE NAME: where it lies in physical memory; the kernel is linked 3 GiB above.
symbol() { printf '0x%x' $((0x$(nm "$1/vmlinux" | awk -v name="$2" '$3 == name { print $1 }') - 0xC0000000)); }

# box: static, against musl instead of the compiler's own C library.
box() {
  local musl="$work/unpacked/musl-dev/usr" headers="$work/unpacked/linux-libc-dev/usr/include" libgcc lib
  libgcc=$work/unpacked/lib32gcc-12-dev/usr/lib/gcc/x86_64-linux-gnu/12/32/libgcc.a lib=$musl/lib/i386-linux-musl
  cd "$here/box"
  gcc -m32 -march=i686 -Os -std=gnu17 -Wall -Wextra -Wno-unused-parameter -Wno-unused-result -Werror \
    -ffile-prefix-map="$here"=. -ffile-prefix-map="$work"=. -fno-pie -fno-stack-protector -fno-asynchronous-unwind-tables \
    -nostdinc -isystem "$musl/include/i386-linux-musl" -isystem "$(gcc -m32 -print-file-name=include)" \
    -idirafter "$headers" -idirafter "$headers/x86_64-linux-gnu" \
    -static -no-pie -nostdlib -s -Wl,--gc-sections,--build-id=none -o "$work/box" \
    "$lib/crt1.o" "$lib/crti.o" main.c container.c files.c "$lib/libc.a" "$libgcc" "$lib/libc.a" "$lib/crtn.o"
}

# The initramfs: a list, so that owners, modes and order are what the list says and not what a file system had. Times of
# files come from the files, so copies are made with one time.
initramfs() {
  local stage="$work/stage"
  mkdir -p "$stage"
  cp "$here"/root/* "$work/box" "$work/unpacked/busybox-static/bin/busybox" "$stage"
  touch --date "@$SOURCE_DATE_EPOCH" "$stage"/*
  gcc -O1 -o "$work/gen_init_cpio" "$work/linux-source-6.1/usr/gen_init_cpio.c"
  {
    cat "$here/root/initramfs.list"
    for applet in $(cat "$here/root/applets"); do
      echo "slink /bin/$applet busybox 0777 0 0"
      echo "slink /images/base/bin/$applet busybox 0777 0 0"
    done
  } >"$work/initramfs.list"
  STAGE="$stage" "$work/gen_init_cpio" -t "$SOURCE_DATE_EPOCH" "$work/initramfs.list" >"$work/initramfs.cpio"
}

# Notices and license texts, verbatim from the packages; SOURCE.txt says which covers what.
notices() {
  local to="$out/licenses" tree="$work/linux-source-6.1" docs
  mkdir -p "$to"
  install -m 644 "$tree/COPYING" "$to/linux-COPYING.txt"
  install -m 644 "$tree/LICENSES/preferred/GPL-2.0" "$to/GPL-2.0.txt"
  install -m 644 "$tree/LICENSES/preferred/LGPL-2.1" "$to/LGPL-2.1.txt"
  install -m 644 "$tree/LICENSES/exceptions/Linux-syscall-note" "$to/Linux-syscall-note.txt"
  for package in busybox-static:busybox musl-dev:musl libc6-dev:glibc; do
    docs="$work/unpacked/${package%:*}/usr/share/doc/${package%:*}"
    install -m 644 "$docs/copyright" "$to/${package#*:}.txt"
  done
  install -m 644 "$here/../../node_modules/v86/LICENSE" "$to/v86.txt"
  install -m 644 "$here"/licenses/*.txt "$to" # what v86 contains and its package does not name
}

# Hosts compress what they choose; these arrive compressed everywhere, and the page unpacks them.
publish() {
  cd "$work"
  for file in kernel-6.1.elf kernel-6.12.elf initramfs.cpio; do
    zopfli --i15 -c "$file" >"$out/$file.gzip"
  done
  # The emulator's program is the npm package's, byte for byte; here it is compressed like the rest.
  zopfli --i15 -c "$here/../../node_modules/v86/build/v86.wasm" >"$out/v86.wasm.gzip"
  scripts
}

# This folder, for those who have the results and not the repository. Of the machine that packs it, only names and contents
# of the files get in, and whether one may be executed.
scripts() {
  install -m 644 "$here/SOURCE.txt" "$out/SOURCE.txt"
  tar -C "$here/../.." --format=ustar --sort=name --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX \
    --mtime="@$SOURCE_DATE_EPOCH" -cf "$work/build-scripts.tar" src/linux-image
  zopfli --i15 -c "$work/build-scripts.tar" >"$out/build-scripts.tar.gzip"
  node "$here/manifest.ts" "$out"
}

steps=("${@:3}")
[ ${#steps[@]} -gt 0 ] || steps=(check_tools fetch kernels box initramfs notices publish)
for step in "${steps[@]}"; do "$step"; done
