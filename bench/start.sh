#!/bin/bash
# From nothing to the first page, what the processes then hold, and the size of the program: start.sh MARKAZ DATA.
set -eu
markaz=$1 data=$2
place=$(mktemp -d)
server=
end() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    wait
    rm -rf "$place"
}
trap end EXIT
port=$((20000 + RANDOM % 20000))
best=
for turn in 1 2 3 4 5; do
    began=$(date +%s%N)
    "$markaz" serve --data "$data" --listen "127.0.0.1:$port" >"$place/said" 2>&1 &
    server=$!
    until curl -sf -o /dev/null "http://127.0.0.1:$port/"; do
        kill -0 "$server" 2>/dev/null || { cat "$place/said" && exit 1; }
        sleep 0.002
    done
    took=$((($(date +%s%N) - began) / 1000000))
    if [ -z "$best" ] || [ $took -lt "$best" ]; then
        best=$took
    fi
    if [ $turn = 5 ]; then
        sleep 1
        held=0
        for pid in $server $(pgrep -P "$server"); do
            held=$((held + $(awk '/^Pss:/ { print $2 }' "/proc/$pid/smaps_rollup")))
        done
        echo "idle memory of all processes (PSS)   $((held / 1024)) MiB"
    fi
    kill "$server" && wait "$server" || true
    server=
done
cp "$markaz" "$place/stripped" && strip "$place/stripped"
echo "start to first page, best of 5       $best ms"
echo "program without symbols              $(($(stat -c %s "$place/stripped") / 1024)) KiB"
