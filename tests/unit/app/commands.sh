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

house="$place/house"
law=$(dirname "$0")/../../../law
must "found a house" exits 0 "$markaz" init --data "$house" --origin ccm.example/register --law "$law" --json
must "print its administrator once" says '"email":"administrator@ccm.example","password":"'
must "let nobody else look into it" test "$(stat -c %a "$house")" = 700
must "found it once" exits 1 "$markaz" init --data "$house" --origin ccm.example/register
must "want an origin" exits 2 "$markaz" init --data "$place/other"
must "make nothing of a corpus with faults" sh -c "mkdir '$place/bad' && echo nonsense >'$place/bad/x.law'
    '$markaz' init --data '$place/other' --origin ccm.example/register --law '$place/bad'; [ \$? = 1 ] && [ ! -e '$place/other' ]"
must "add an officer" exits 0 "$markaz" user add --data "$house" --email souad@ccm.example --name Souad --role officer
must "show a second factor" says "otpauth://totp/markaz:souad%40ccm.example"
must "refuse a second account for an e-mail" exits 1 "$markaz" user add --data "$house" --email souad@ccm.example --name S
must "refuse a role that does not exist" exits 2 "$markaz" user add --data "$house" --email a@ccm.example --name A --role king
must "appoint no director without a basis" exits 2 "$markaz" user add --data "$house" --email d@ccm.example --name D --role director
must "appoint a director on a basis" exits 0 "$markaz" user add --data "$house" --email d@ccm.example --name D --role director \
    --basis 2.25.17 --basis-day 2026-01-05
must "appoint one director only" exits 1 "$markaz" user add --data "$house" --email e@ccm.example --name E --role director \
    --basis 2.25.18 --basis-day 2026-01-05
must "list them" exits 0 "$markaz" user list --data "$house" --json
must "with their roles" says '"email":"d@ccm.example","name":"D","roles":\["director"\]'
must "leave nothing of what was refused" sh -c "! grep -q e@ccm.example '$place/out'"
must "disable an account" exits 0 "$markaz" user disable --data "$house" --email souad@ccm.example --reason left
must "once" exits 1 "$markaz" user disable --data "$house" --email souad@ccm.example --reason left
must "not adopt the corpus in force" exits 1 "$markaz" law adopt "$law" --data "$house"
must "adopt a changed one" sh -c "cp -r '$law' '$place/law' && echo '# changed' >>'$place/law/18.23/text.law' &&
    '$markaz' law adopt '$place/law' --data '$house' --json"
must "do the work of the day" exits 0 "$markaz" day --data "$house" --json
must "and say what it did" says '"dossiers":0,"returned":0,"overdue":0'
must "find every act sound" exits 0 "$markaz" audit --data "$house"
must "rebuild to the same tables" exits 0 "$markaz" rebuild --data "$house"
