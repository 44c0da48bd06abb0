# Called by make-capture.sh inside its own mount, host name and process namespaces: network, servers, traffic, Suricata.
# usage: inside.sh DEMO_DIR WORK_DIR
set -euo pipefail
demo=$1
work=$2
start=1780315200 # 2026-06-01 12:00:00 UTC, the first second of the capture
sensors="edge dmz core"
. "$demo/network.sh"
. "$demo/servers.sh"

# Programs in here see neither the machine's name nor its resolver, its users nor its root's start-up files.
hide_the_machine() {
    hostname gateway
    mkdir -p /run/netns /run/sshd
    mount -t tmpfs none /run/netns
    mount -t tmpfs -o mode=755 none /run/sshd
    echo "nameserver 10.10.0.53" >"$work/resolv.conf"
    echo "127.0.0.1 localhost gateway" >"$work/hosts"
    awk -F: -v OFS=: '$1 == "root" { $6 = "/nonexistent"; $7 = "/bin/sh" } $3 < 1000 || $1 == "nobody"' /etc/passwd >"$work/passwd"
    mount --bind "$work/passwd" /etc/passwd
    mount --bind "$work/resolv.conf" "$(readlink -f /etc/resolv.conf)"
    mount --bind "$work/hosts" /etc/hosts
}

# Where each sensor listens and what it sees: together every packet once.
interface_of() { case $1 in edge) echo out ;; dmz) echo dmz ;; core) echo srv ;; esac; }
filter_of() {
    local inner="net (10.0.0.0/8 or 192.168.0.0/16)"
    case $1 in
    edge) echo "not net 172.16.5.0/24" ;;
    dmz) echo "net 172.16.5.0/24" ;;
    core) echo "src $inner and dst $inner and not net 172.16.5.0/24" ;;
    esac
}

sensors_up() {
    local sensor cluster=10
    for sensor in $sensors; do
        ip netns exec nsdemo-router tcpdump -q -i "$(interface_of $sensor)" -s 0 -B 16384 -U -Z root \
            -w "$work/$sensor.pcap" "$(filter_of $sensor)" >"$work/log/tcpdump-$sensor.log" 2>&1 &
        echo $! >"$work/tcpdump-$sensor.pid"
        # The same packets live, for the sensor's own counters: they are the one thing a capture file cannot give.
        mkdir -p "$work/live-$sensor"
        ip netns exec nsdemo-router suricata -c "$demo/suricata.yaml" -S /dev/null -l "$work/live-$sensor" \
            --af-packet="$(interface_of $sensor)" \
            --set "af-packet.0.bpf-filter=$(filter_of $sensor)" --set "af-packet.0.cluster-id=$((cluster += 1))" --set "sensor-name=sur-$sensor-1" --pidfile "$work/live-$sensor.pid" \
            >"$work/log/live-$sensor.log" 2>&1 &
    done
}

sensors_down() {
    local sensor
    for sensor in $sensors; do
        kill -INT "$(cat "$work/tcpdump-$sensor.pid")" "$(cat "$work/live-$sensor.pid")"
    done
    for sensor in $sensors; do
        wait "$(cat "$work/tcpdump-$sensor.pid")" || true
    done
}

analyse() {
    local sensor
    for sensor in $sensors; do
        python3 "$demo/retime.py" "$work/marks" "$start" "$work/$sensor.pcap" "$work/$sensor-timed.pcap"
        mkdir -p "$work/eve-$sensor"
        suricata -c "$demo/suricata.yaml" -S "$demo/netsentinel-demo.rules" -r "$work/$sensor-timed.pcap" \
            -l "$work/eve-$sensor" --set "sensor-name=sur-$sensor-1" --runmode=single >"$work/log/suricata-$sensor.log" 2>&1
    done
}

hide_the_machine
network_up
servers_up
servers_ready
sensors_up
sleep 4 # until the live sensors listen
python3 "$demo/traffic/run.py" "$demo" "$work" "$work/marks"
sleep 6 # one more interval of the live counters
sensors_down
analyse
python3 "$demo/merge.py" "$work" "$start" "$work/demo.eve.json.gz" $sensors
