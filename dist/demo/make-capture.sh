#!/usr/bin/env bash
# Makes demo.eve.json.gz anew: real traffic between test hosts in network namespaces, seen by real Suricata.
# Needs root on a Debian 12 machine (or newer), takes a few minutes, sends nothing off the machine. See README.md.
set -euo pipefail
PATH=/usr/sbin:/usr/bin:/sbin:/bin # Debian's own programs, whatever else the machine has

demo=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
limit=470 # seconds

keep=
case $#:${1:-} in
0:) ;;
2:--keep) keep=$2 ;;
*)
    echo "usage: make-capture.sh [--keep FOLDER]        as root; writes demo.eve.json.gz beside itself" >&2
    echo "       --keep FOLDER   leaves the packet captures, logs and single EVE files in FOLDER" >&2
    exit 2
    ;;
esac
if [ "$(id -u)" != 0 ]; then
    echo "make-capture: network namespaces and packet capture need root; please run it as root (for example with sudo)" >&2
    exit 2
fi

work=$(mktemp -d)
chmod 755 "$work"
. "$demo/packages.sh"
inside=
clean_up() {
    [ -z "$inside" ] || { kill "$inside" && wait "$inside"; } 2>/dev/null || true
    release_services
    if [ -n "$keep" ]; then
        mkdir -p "$keep" && cp -r "$work"/*.pcap "$work"/*.gz "$work"/log "$work"/eve-* "$work"/live-* "$work"/marks "$keep"/ 2>/dev/null || true
    fi
    rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

install_packages >"$work/packages.log" 2>&1 || {
    tail -5 "$work/packages.log" >&2
    echo "make-capture: a package could not be installed" >&2
    exit 1
}

# Own mounts, host name and process table: what is started or mounted inside ends with it, however it ends.
timeout --kill-after=10 "$limit" \
    unshare --mount --uts --pid --fork --kill-child --mount-proc bash "$demo/inside.sh" "$demo" "$work" &
inside=$!
wait "$inside" || { echo "make-capture: failed or not done after $limit s; --keep FOLDER keeps the logs" >&2; exit 1; }
inside=
python3 "$demo/check.py" "$work/demo.eve.json.gz" "$demo/assets.csv"
python3 "$demo/contents.py" "$work/demo.eve.json.gz" >"$work/CONTENTS.md"
cp "$work/demo.eve.json.gz" "$work/CONTENTS.md" "$demo/"
echo "make-capture: wrote demo.eve.json.gz ($(du -k "$demo/demo.eve.json.gz" | cut -f1) KiB) in $SECONDS s"
