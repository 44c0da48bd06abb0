# Sourced by inside.sh: the test network. One namespace per network, a router namespace between them that is the
# mirror point, and no way out: nothing here is connected to the machine's own interfaces. All of it is gone with inside.sh.

networks="out dmz srv lan iot"

link_number() { case $1 in out) echo 1 ;; dmz) echo 2 ;; srv) echo 3 ;; lan) echo 4 ;; iot) echo 5 ;; esac; }

prefixes() {
    case $1 in
    out) echo "192.0.2.0/24 198.51.100.0/24 203.0.113.0/24" ;;
    dmz) echo "172.16.5.0/24" ;;
    srv) echo "10.10.0.0/24" ;;
    lan) echo "10.10.10.0/24 10.10.20.0/24" ;;
    iot) echo "192.168.50.0/24" ;;
    esac
}

# The addresses that answer inside a private network; the rest of it is silent, as unused addresses are.
hosts() {
    case $1 in
    dmz) echo 172.16.5.{21,22,25,80,81,82} ;;
    srv) echo 10.10.0.{20,21,30,53,60} ;;
    lan) echo 10.10.10.{11..28} 10.10.20.{11..18} ;;
    iot) echo 192.168.50.{11..16} ;;
    esac
}

# Who speaks when nobody else was chosen; traffic/run.py changes it from step to step.
speaker() { case $1 in out) echo 192.0.2.53 ;; *) hosts "$1" | cut -d' ' -f1 ;; esac; }

quiet_interface() { # namespace, interface: plain Ethernet frames with right checksums, as on a wire
    ip netns exec "$1" ethtool -K "$2" tx off rx off tso off gso off gro off sg off >/dev/null 2>&1 || true
}

make_namespace() {
    ip netns add "$1"
    ip netns exec "$1" sh -c 'echo 1 >/proc/sys/net/ipv6/conf/all/disable_ipv6; echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6'
    ip -n "$1" link set lo up
}

connect_network() {
    local name=$1 ns=nsdemo-$1 n prefix host
    n=$(link_number "$name")
    make_namespace "$ns"
    ip link add "$name" address "02:00:00:00:0$n:01" netns nsdemo-router type veth \
        peer name eth0 address "02:00:00:00:0$n:02" netns "$ns"
    ip -n nsdemo-router addr add "10.255.$n.1/30" dev "$name"
    ip -n "$ns" addr add "10.255.$n.2/30" dev eth0
    ip -n nsdemo-router link set "$name" up
    ip -n "$ns" link set eth0 up
    quiet_interface nsdemo-router "$name"
    quiet_interface "$ns" eth0
    for prefix in $(prefixes "$name"); do
        ip -n nsdemo-router route add "$prefix" via "10.255.$n.2"
        [ "$name" != out ] || ip -n "$ns" route add local "$prefix" dev lo
    done
    for host in $(hosts "$name"); do ip -n "$ns" addr add "$host/32" dev lo; done
    ip -n "$ns" route add default via "10.255.$n.1" src "$(speaker "$name")"
}

network_up() {
    make_namespace nsdemo-router
    local name
    for name in $networks; do connect_network "$name"; done
    # Some outside addresses exist in routing only: connections to them stay unanswered.
    ip -n nsdemo-out route add blackhole 203.0.113.240/28 table local
    ip netns exec nsdemo-router sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward; echo 0 >/proc/sys/net/ipv4/conf/all/send_redirects'
}
