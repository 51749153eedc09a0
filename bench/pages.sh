#!/bin/bash
# Pages a second at 64 clients, beside Fossil from Debian on the same machine (a program in C that serves pages from SQLite):
# pages.sh MARKAZ DATA [PATH...]. wrk shares the cores with both, so the ratio says more than the figures.
set -eu
markaz=$1 data=$2
shift 2
place=$(mktemp -d)
pids=()
end() {
    [ ${#pids[@]} = 0 ] || kill "${pids[@]}" 2>/dev/null || true
    wait
    rm -rf "$place"
}
trap end EXIT

row() { # name url -> requests/s, p50, p99
    wrk -t 1 -c 64 -d 2s "$2" >/dev/null
    wrk -t 1 -c 64 -d "${SECONDS_EACH:-5}s" --latency "$2" >"$place/wrk"
    awk -v name="$1" '
        /50%/ { half = $2 } /99%/ { most = $2 } /Requests\/sec/ { rate = $2 } /Non-2xx/ { bad = "   " $0 }
        END { printf "%-34s %9.0f pages/s   p50 %8s   p99 %8s%s\n", name, rate, half, most, bad }' "$place/wrk"
}

"$markaz" serve --data "$data" --listen 127.0.0.1:0 --rate 0 >"$place/said" 2>&1 &
pids+=($!)
for _ in $(seq 100); do
    url=$(sed -n 's/.*ready on //p' "$place/said")
    [ -n "$url" ] && break
    sleep 0.1
done
[ -n "$url" ] || { cat "$place/said" && exit 1; }
[ $# -gt 0 ] || set -- /
for path in "$@"; do
    row "markaz $path" "$url$path"
done

export HOME=$place USER=bench
(cd "$place" && fossil new repository.fossil >/dev/null && mkdir tree && cd tree && fossil open ../repository.fossil >/dev/null &&
    for i in $(seq 60); do
        seq "$i" >file && { [ "$i" = 1 ] && fossil add file >/dev/null || true; }
        fossil commit -m "change $i" --no-warnings >/dev/null 2>&1 || true
    done)
port=$((20000 + RANDOM % 20000))
fossil server "$place/repository.fossil" --localhost --port $port >"$place/fossil" 2>&1 &
pids+=($!)
sleep 1
row "Fossil /timeline" "http://127.0.0.1:$port/timeline?n=50"
