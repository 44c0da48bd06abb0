# Sourced by make-capture.sh: installs the Debian packages the capture needs. Uses $work, a scratch folder, and $demo, this one.

. "$demo/../../.ci/debian"

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
