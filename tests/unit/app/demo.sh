#!/bin/sh
# A demonstration is the same each time, on both engines: demo.sh MARKAZ. Each line says what must hold.
set -u
markaz=$1
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
export LC_ALL=C

must() {
    echo "must: $1"
    shift
    "$@" >"$place/log" 2>&1 && return
    echo "failed: $*"
    cat "$place/log"
    exit 1
}
exits() {
    wanted=$1
    shift
    "$@"
    [ $? = "$wanted" ]
}
# Size and root of the signed log: equal only when all leaves are.
root() {
    "$markaz" log checkpoint --data "$@" | sed -n '1,3p'
}
same() {
    [ -n "$1" ] && [ "$1" = "$2" ]
}

must "make a demonstration" "$markaz" demo --small --data "$place/one"
must "make it again" "$markaz" demo --small --data "$place/two"
must "have the same leaves both times" same "$(root "$place/one")" "$(root "$place/two")"
must "have other leaves on another day" "$markaz" demo --small --data "$place/three" --today 2026-11-14
must "so that equal roots mean something" exits 1 same "$(root "$place/one")" "$(root "$place/three")"
must "keep its own day" grep -qx 2026-11-21 "$place/one/today"
must "offer its accounts" grep -q '^director@demo.example	' "$place/one/demo-accounts.tsv"
must "hold nothing that acts do not say" "$markaz" audit --data "$place/one"
must "refuse a folder that holds something" exits 1 "$markaz" demo --small --data "$place/one"
must "leave that folder alone" same "$(root "$place/one")" "$(root "$place/two")"
must "refuse no years at all" exits 2 "$markaz" demo --years 0 --data "$place/four"
must "refuse a day before the law" exits 1 "$markaz" demo --data "$place/four" --today 2025-09-02
must "make nothing then" exits 1 test -e "$place/four"
if [ -n "${MARKAZ_TEST_POSTGRES:-}" ]; then
    must "make it on PostgreSQL" "$markaz" demo --small --data "$place/five" --db "$MARKAZ_TEST_POSTGRES"
    must "have the same leaves there" same "$(root "$place/one")" "$(root "$place/five" --db "$MARKAZ_TEST_POSTGRES")"
fi
echo "all hold"
