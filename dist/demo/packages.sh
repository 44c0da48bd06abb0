# Sourced by make-capture.sh: installs the Debian packages the capture needs. Uses $work, a scratch folder.

# Debian's own services must not start on the machine because a package was installed.
hold_services() {
    [ ! -e /usr/sbin/policy-rc.d ] || return 0
    printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
    chmod 755 /usr/sbin/policy-rc.d
    policy_is_ours=yes
}

release_services() {
    [ -z "${policy_is_ours:-}" ] || rm -f /usr/sbin/policy-rc.d
    policy_is_ours=
}

# Prints the machine's own Debian source with the suite replaced by backports: same address, same key, other suite.
backports_entry() {
    local codename=$1 file
    for file in /etc/apt/sources.list.d/*.sources; do
        [ -e "$file" ] || continue
        awk -v RS= -v suite="$codename" '
            $0 ~ "(^|\n)Suites:([^\n]* )?" suite "( |\n|$)" {
                sub(/Suites:[^\n]*/, "Suites: " suite "-backports"); print; exit
            }' "$file"
    done | awk -v RS= 'NR == 1'
}

backports_line() {
    local codename=$1
    cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null |
        sed -nE "s/^(deb +(\[[^]]*\] +)?[^ ]+) +$codename +.*/\1 $codename-backports main/p" | head -1
}

# The extra entry is used for this one installation and is not left behind in /etc/apt.
install_suricata() {
    if command -v suricata >/dev/null && suricata -V | grep -Eq 'version ([7-9]|[1-9][0-9])\.'; then return 0; fi
    local codename sources=$work/apt
    codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
    mkdir -p "$sources"
    cp /etc/apt/sources.list.d/*.sources /etc/apt/sources.list.d/*.list "$sources"/ 2>/dev/null || true
    backports_entry "$codename" >"$sources/netsentinel-backports.sources"
    if [ ! -s "$sources/netsentinel-backports.sources" ]; then
        rm "$sources/netsentinel-backports.sources"
        backports_line "$codename" >"$sources/netsentinel-backports.list"
        [ -s "$sources/netsentinel-backports.list" ] || {
            echo "make-capture: no Debian source for $codename on this machine; install Suricata 7 or newer first" >&2
            return 1
        }
    fi
    apt-get -q -o Dir::Etc::SourceParts="$sources" update &&
        apt-get -q -y -o Dir::Etc::SourceParts="$sources" install --no-install-recommends -t "$codename-backports" suricata
}

install_packages() {
    export DEBIAN_FRONTEND=noninteractive
    local missing=() pair
    for pair in ip:iproute2 tcpdump:tcpdump ethtool:ethtool nginx:nginx-light dnsmasq:dnsmasq-base sshd:openssh-server \
        ssh:openssh-client nmap:nmap smbd:samba smbclient:smbclient curl:curl openssl:openssl ping:iputils-ping \
        unshare:util-linux python3:python3; do
        command -v "${pair%%:*}" >/dev/null || missing+=("${pair#*:}")
    done
    hold_services
    if [ ${#missing[@]} -gt 0 ]; then
        { apt-get -q update && apt-get -q -y install --no-install-recommends "${missing[@]}"; } || return 1
    fi
    install_suricata || return 1
    release_services
}
