#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0
#
# A clone on a Debian 12 with nothing but git and a compiler: verify/run writes its report, tests/run passes.
# Needs root. The packages come from where this machine has its own from: its apt sources and settings are asked, none is written here.
set -euo pipefail
here="$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)"
top="$(cd -P -- "$here/../.." && pwd -P)"
work="${NTK_LONG_DIRECTORY:?the folder to work in}"
system="$work/system"

skip() {
    printf 'FIGURE: %s\n' "$*"
    exit 77
}

[ "$(id -u)" -eq 0 ] || skip "needs root"
command -v apt-get >/dev/null || skip "needs apt"
if ! command -v mmdebstrap >/dev/null; then
    apt-get install -qy --no-install-recommends mmdebstrap || skip "mmdebstrap cannot be installed"
fi

debian_sources() {
    apt-get indextargets --format '$(REPO_URI)|$(RELEASE)|$(COMPONENT)' 'Created-By: Packages' 'Origin: Debian' | sort -u |
        while IFS='|' read -r uri release component; do printf 'deb %s %s %s\n' "$uri" "$release" "$component"; done
}

release="$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)"
[ "$release" = bookworm ] || skip "this machine is not a Debian 12"
sources="$(debian_sources)"
[[ "$sources" == *" $release "* ]] || skip "this machine has no Debian sources for $release"

rm -rf "$work"
mkdir -p "$work"
proxy=()
eval "$(apt-config shell http_proxy Acquire::http::Proxy)"
if [ -n "${http_proxy:-}" ]; then proxy=(--aptopt="Acquire::http::Proxy \"$http_proxy\""); fi
printf '%s\n' "$sources" | mmdebstrap --variant=minbase --include=git,g++,ca-certificates "${proxy[@]}" "$release" "$system" -
cp /etc/resolv.conf "$system/etc/resolv.conf"
for command in cmake ninja ccache gnuplot python3; do
    [ ! -e "$system/usr/bin/$command" ] || { echo "the bare system already has $command"; exit 1; }
done

# A clone of what is committed; changes that are not committed yet are laid over it.
git clone --quiet --no-hardlinks "$top" "$system/srv/ntk"
git -C "$top" ls-files -z --cached --others --exclude-standard |
    tar --directory "$top" --null --files-from - --ignore-failed-read --create | tar --directory "$system/srv/ntk" --extract --no-same-owner

# The mounts live and die with this namespace.
inside() {
    unshare --mount --fork bash -c '
        mount -t proc proc "$1/proc"
        mount --rbind /dev "$1/dev"
        exec chroot "$1" /usr/bin/env --ignore-environment HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
            bash -c "cd /tmp && $2"' inside "$system" "$1"
}

start=$SECONDS
inside 'bash /srv/ntk/verify/run --out /srv/report'
first=$((SECONDS - start))
for file in report.html report.json report.md junit.xml; do
    [ -s "$system/srv/report/$file" ] || { echo "no $file"; exit 1; }
done
start=$SECONDS
inside 'bash /srv/ntk/verify/run --out /srv/report'
second=$((SECONDS - start))
start=$SECONDS
inside 'bash /srv/ntk/tests/run' | tee "$work/tests.log"
tests=$((SECONDS - start))
summary="$(tail -n 1 "$work/tests.log")"
rm -rf "$system"
printf 'FIGURE: bare Debian 12: verify/run %d s with packages and build, again %d s; tests/run %d s: %s\n' \
    "$first" "$second" "$tests" "$summary"
