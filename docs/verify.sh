#!/bin/sh
# Checks that an act stands in the register's log: sh verify.sh KEY PROOF ENTRY [DISCLOSURE]
#   KEY         the verifier key, as text: NAME+HEX+BASE64 (markaz log key; publish it where the server cannot change it)
#   PROOF       the act's .tlog-proof (markaz log prove ACT)
#   ENTRY       the bytes of its entry (markaz log entry ACT)
#   DISCLOSURE  salts and data (markaz log disclose ACT): checks that the entry commits to this data
# Uses sh, awk, cmp, dd and openssl (1.1.1 or later). Exits with 0 when everything holds. docs/verify.md explains it.
set -eu
LC_ALL=C
export LC_ALL

fail() {
    echo "NOT PROVED: $1" >&2
    exit 1
}
[ $# -ge 3 ] || { echo "usage: sh verify.sh KEY PROOF ENTRY [DISCLOSURE]" >&2; exit 2; }
key=$1
proof=$2
entry=$3
disclosure=${4:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

sha256() { openssl dgst -sha256 -binary; }
unbase64() { printf '%s' "$1" | openssl base64 -d -A; }
# Hexadecimal to bytes, through the octal escapes of printf.
unhex() {
    printf "$(printf '%s' "$1" | awk '{
        digits = "0123456789abcdef"
        for (i = 1; i < length($0); i += 2)
            printf "\\%03o", (index(digits, substr($0, i, 1)) - 1) * 16 + index(digits, substr($0, i + 1, 1)) - 1
    }')"
}
part() { dd if="$1" bs=1 skip="$2" count="$3" 2>/dev/null; }

# 1. The proof: index, path, and the checkpoint behind the empty line.
[ "$(awk 'NR == 1' "$proof")" = "c2sp.org/tlog-proof@v1" ] || fail "the proof is of another kind"
index=$(awk '$1 == "index" { print $2; exit }' "$proof")
awk 'found { print } $0 == "" { found = 1 }' "$proof" >"$work/note"
awk '$0 == "" { exit } { print }' "$work/note" >"$work/checkpoint"
origin=$(awk 'NR == 1' "$work/checkpoint")
size=$(awk 'NR == 2' "$work/checkpoint")
unbase64 "$(awk 'NR == 3' "$work/checkpoint")" >"$work/root"

# 2. The signature, by the key you trust. Its id is the start of SHA-256(NAME || 0x0A || 0x01 || public key).
name=${key%%+*}
rest=${key#*+}
[ "$name" = "$origin" ] || fail "the checkpoint is of $origin, the key of $name"
unbase64 "${rest#*+}" >"$work/tagged"
{ printf '%s\n' "$name"; cat "$work/tagged"; } | sha256 >"$work/id.long"
part "$work/id.long" 0 4 >"$work/id"
unhex "${rest%%+*}" >"$work/id.said"
cmp -s "$work/id" "$work/id.said" || fail "the key does not have the id that it says"
unbase64 "$(awk -v name="$name" '$1 == "\342\200\224" && $2 == name { print $3; exit }' "$work/note")" >"$work/signature.whole"
part "$work/signature.whole" 0 4 >"$work/id.signed"
cmp -s "$work/id" "$work/id.signed" || fail "the checkpoint is signed with another key"
part "$work/signature.whole" 4 64 >"$work/signature"
{ unhex 302a300506032b6570032100; part "$work/tagged" 1 32; } >"$work/key.der"
openssl pkeyutl -verify -pubin -inkey "$work/key.der" -keyform DER -rawin -in "$work/checkpoint" \
    -sigfile "$work/signature" >/dev/null 2>&1 || fail "the signature of the checkpoint does not hold"

# 3. From the entry to the root (RFC 9162, 2.1.3.2).
{ printf '\000'; cat "$entry"; } | sha256 >"$work/hash"
[ "$index" -lt "$size" ] || fail "the index is beyond the log"
at=$index
last=$((size - 1))
awk 'NR > 2 && $0 == "" { exit } NR > 2 { print }' "$proof" >"$work/path"
while read -r line; do
    [ "$last" -gt 0 ] || fail "the path is too long"
    unbase64 "$line" >"$work/other"
    if [ $((at % 2)) -eq 1 ] || [ "$at" -eq "$last" ]; then
        { printf '\001'; cat "$work/other" "$work/hash"; } | sha256 >"$work/next"
        while [ $((at % 2)) -eq 0 ] && [ "$at" -ne 0 ]; do
            at=$((at / 2))
            last=$((last / 2))
        done
    else
        { printf '\001'; cat "$work/hash" "$work/other"; } | sha256 >"$work/next"
    fi
    mv "$work/next" "$work/hash"
    at=$((at / 2))
    last=$((last / 2))
done <"$work/path"
[ "$last" -eq 0 ] || fail "the path is too short"
cmp -s "$work/hash" "$work/root" || fail "the entry and its path do not lead to the signed root"
echo "PROVED: the entry is number $((index + 1)) of $size in the log of $origin."

# 4. What the entry commits to: SHA-256(salt || data) stands among its commitments.
[ -n "$disclosure" ] || exit 0
[ "$(awk 'NR == 1' "$disclosure")" = "markaz/disclosure@v1" ] || fail "the disclosure is of another kind"
[ "$(awk 'NR == 2' "$disclosure")" = "act $((index + 1))" ] || fail "the disclosure is of another act"
lines=$(awk 'END { print NR }' "$disclosure")
line=3
while [ "$line" -lt "$lines" ]; do
    salt=$(awk -v line="$line" 'NR == line' "$disclosure")
    awk -v line=$((line + 1)) 'NR == line { printf "%s", $0 }' "$disclosure" >"$work/data"
    hash=$({ unhex "$salt"; cat "$work/data"; } | openssl dgst -sha256 -r | awk '{ print $1 }')
    awk -v hash="\"$hash\"" 'index($0, hash) { found = 1 } END { exit !found }' "$entry" ||
        fail "the entry does not commit to line $((line + 1)) of the disclosure"
    echo "PROVED: it commits to $(cat "$work/data")"
    line=$((line + 2))
done
