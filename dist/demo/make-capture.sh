#!/usr/bin/env bash
# Makes demo.eve.json.gz anew: real traffic between test hosts in network namespaces, seen by real Suricata.
# Needs root on a Debian 12 machine (or newer), takes a few minutes, sends nothing off the machine. See README.md.
set -euo pipefail

demo=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
limit=480 # seconds

case ${1:-} in
"") ;;
*)
    echo "usage: make-capture.sh        (as root; writes demo.eve.json.gz beside itself)" >&2
    exit 2
    ;;
esac
if [ "$(id -u)" != 0 ]; then
    echo "make-capture: network namespaces and packet capture need root; please run it as root (for example with sudo)" >&2
    exit 2
fi

work=$(mktemp -d)
. "$demo/packages.sh"
clean_up() {
    release_services
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
timeout --foreground --kill-after=10 "$limit" \
    unshare --mount --uts --pid --fork --kill-child --mount-proc bash "$demo/inside.sh" "$demo" "$work"
python3 "$demo/check.py" "$work/demo.eve.json.gz" "$demo/assets.csv"
cp "$work/demo.eve.json.gz" "$demo/demo.eve.json.gz"
echo "make-capture: wrote demo.eve.json.gz ($(du -k "$demo/demo.eve.json.gz" | cut -f1) KiB) in $SECONDS s"
