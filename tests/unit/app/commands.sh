#!/bin/sh
# The commands as a person types them: commands.sh MARKAZ. Each line says what must hold; the first that does not ends it.
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
    cat "$place/log" "$place/out" "$place/err"
    exit 1
}
exits() {
    wanted=$1
    shift
    "$@" >"$place/out" 2>"$place/err"
    [ $? = "$wanted" ]
}
says() {
    grep -q -- "$1" "$place/out" "$place/err"
}

must "list the commands when none is named" exits 0 "$markaz"
must "name backup among them" says "^backup"
must "explain a command" exits 0 "$markaz" help migrate
must "show how it is written" says "markaz migrate --data DIR"
must "print a manual page" exits 0 "$markaz" help --man
must "begin it as man wants" says "^.TH MARKAZ 1"
must "print its version" exits 0 "$markaz" --version
must "refuse a command that does not exist" exits 2 "$markaz" nope
must "say so in French" env LC_ALL=fr_MA.UTF-8 sh -c "'$markaz' nope 2>&1 | grep -q 'La commande est mal'"
must "say so in Arabic" env LC_ALL=ar_MA.UTF-8 sh -c "'$markaz' nope 2>&1 | grep -q 'الأمر'"
must "refuse an option that does not exist" exits 2 "$markaz" backup --nope
must "show how that command is written" says "markaz backup --data DIR"
must "find nothing where there is nothing" exits 1 "$markaz" migrate --data "$place/none"
must "say that the system failed when nobody can read it" sh -c "'$markaz' help >/dev/full; [ \$? = 3 ]"
