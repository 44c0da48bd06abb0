# Sourced by inside.sh: starts the servers of the test network, each inside its namespace. Uses $demo and $work.

fill() { sed -e "s#@DEMO@#$demo#g" -e "s#@WORK@#$work#g" -e "s#@ADDRESS@#${2:-}#g" "$demo/servers/$1"; }

in_network() { ip netns exec "nsdemo-$1" "${@:2}"; }

serve() { # network, name, command...
    in_network "$1" "${@:3}" >>"$work/log/$2.log" 2>&1 &
}

ssh_server() { # network, address
    fill sshd_config "$2" >"$work/sshd-$2.conf"
    serve "$1" "sshd-$2" /usr/sbin/sshd -D -e -f "$work/sshd-$2.conf"
}

file_server() {
    mkdir -p "$work"/smb/{private,state,cache,lock,share,pid}
    cp "$work/site/docs/handbook.pdf" "$work/site/article/3.html" "$work/smb/share/"
    chmod -R a+rwX "$work/smb/share"
    fill smb.conf >"$work/smb.conf"
    fill smb.users >"$work/smb.users"
    printf 'Winter-2026\nWinter-2026\n' | smbpasswd -c "$work/smb.conf" -s -a nobody >/dev/null
    serve srv smbd smbd -F --no-process-group -s "$work/smb.conf"
}

servers_up() {
    mkdir -p "$work/log" "$work/ssh"
    sh "$demo/servers/make-tls.sh" "$work/tls" >"$work/log/tls.log" 2>&1
    python3 "$demo/servers/make-site.py" "$work/site"
    ssh-keygen -q -t ed25519 -N '' -C demo -f "$work/ssh/host_ed25519"
    ssh-keygen -q -t ed25519 -N '' -C demo -f "$work/ssh/client"
    local name
    for name in out dmz; do
        fill "nginx-$name.conf" >"$work/nginx-$name.conf"
        serve "$name" "nginx-$name" nginx -c "$work/nginx-$name.conf"
    done
    for name in out srv; do
        fill "dnsmasq-$name.conf" >"$work/dnsmasq-$name.conf"
        serve "$name" "dnsmasq-$name" dnsmasq -C "$work/dnsmasq-$name.conf"
    done
    ssh_server dmz 172.16.5.22
    ssh_server srv 10.10.0.21
    ssh_server out 192.0.2.107
    file_server
    serve dmz ftp python3 "$demo/servers/ftp.py" 172.16.5.21
    serve out ftp-out python3 "$demo/servers/ftp.py" 203.0.113.200
    serve dmz app python3 "$demo/servers/app.py" 172.16.5.81
    serve iot camera python3 "$demo/servers/app.py" 192.168.50.11
    serve dmz small-dmz python3 "$demo/servers/small.py" smtp@172.16.5.25:25 telnet@172.16.5.22:23
    serve iot small-iot python3 "$demo/servers/small.py" snmp@192.168.50.12:161 snmp@192.168.50.13:161
    serve out small-out python3 "$demo/servers/small.py" smtp@192.0.2.130:25 ntp@192.0.2.123:123 ldap@198.51.100.66:1389 \
        stratum@198.51.100.178:3333 irc@203.0.113.133:6667 ldap@203.0.113.53:1389
}

# Waits until the slowest of them answer.
servers_ready() {
    local tries places="172.16.5.21/21 172.16.5.22/22 172.16.5.25/25 172.16.5.81/80 10.10.0.20/445 10.10.0.21/22"
    for tries in $(seq 50); do
        if in_network lan curl -sf -o /dev/null http://www.example.com/ && in_network lan curl -skf -o /dev/null https://www.corp.example/ &&
            in_network lan bash -c "for place in $places; do : </dev/tcp/\$place || exit 1; done" 2>/dev/null; then
            return 0
        fi
        sleep 0.2
    done
    echo "make-capture: the servers of the test network did not start; see $work/log" >&2
    return 1
}
