# What an SSH session in the test network shows: invented text, with pauses as of somebody typing.
for line in "load average: 0.12, 0.18, 0.11" "3 updates can be applied" "nginx: active (running)" "backup finished" "bye"; do
    echo "$line"
    sleep 0.3
done
