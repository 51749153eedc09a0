#!/bin/bash
# `markaz check --batch` on every case of the law, over and over, beside reading and writing the same lines alone:
# batch.sh MARKAZ JSON-BENCH [TIMES]. One thread each.
set -eu
markaz=$1 json=$2 times=${3:-60}
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cat law/*/cases/*.jsonl | sed -E 's/, *"expect": *\{.*$/}/' >"$place/once"
for _ in $(seq "$times"); do
    cat "$place/once"
done >"$place/lines"
lines=$(wc -l <"$place/lines")
alone=$("$json" "$place/lines" | awk '/read and write/ { print $5 * 1000000 }')
for trace in "" --trace; do
    began=$(date +%s%N)
    "$markaz" check --batch $trace "$place/lines" >"$place/out" || true
    took=$(($(date +%s%N) - began))
    awk -v lines="$lines" -v took="$took" -v alone="$alone" -v trace="$trace" -v out="$(wc -l <"$place/out")" 'BEGIN {
        rate = lines / took * 1e9
        printf "check --batch %-8s %8.0f lines/s   read and write alone %8.0f lines/s   %3.0f %%%s\n", trace, rate, alone,
            rate / alone * 100, out == lines ? "" : "   (answers missing)" }'
done
