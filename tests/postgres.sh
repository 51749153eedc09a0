#!/bin/sh
# Runs a command with a private PostgreSQL of its own: tests/postgres.sh COMMAND [ARGUMENT...]
# The server listens on a Unix socket in a new folder only, and both are gone when the command ends. The command finds it
# in MARKAZ_TEST_POSTGRES. When that is set already, or no PostgreSQL >= 15 is installed, the command runs as it is.
# The disk is not synced unless MARKAZ_TEST_FSYNC=on (benches): tests kill markaz, not the machine.
set -u

bin=
for folder in /usr/lib/postgresql/*/bin; do
    version=${folder#/usr/lib/postgresql/}
    version=${version%/bin}
    if [ -x "$folder/postgres" ] && [ "$version" -ge 15 ]; then
        bin=$folder
    fi
done
if [ -n "${MARKAZ_TEST_POSTGRES:-}" ] || [ -z "$bin" ]; then
    exec "$@"
fi

# PostgreSQL refuses to run as root.
as_postgres=
if [ "$(id -u)" = 0 ]; then
    as_postgres="setpriv --reuid=postgres --regid=postgres --clear-groups --"
fi

place=$(mktemp -d "${TMPDIR:-/tmp}/markaz-postgres.XXXXXX") || exit 1
if [ "$(id -u)" = 0 ]; then
    chown postgres:postgres "$place"
fi
cd "$place" || exit 1

end() {
    $as_postgres "$bin/pg_ctl" -D "$place/data" -m immediate -w stop >/dev/null 2>&1
    cd / && rm -rf "$place"
}
trap 'end; exit 130' INT TERM HUP

fail() {
    echo "$1" >&2
    cat "$place"/*.log >&2
    end
    exit 1
}

$as_postgres "$bin/initdb" -D "$place/data" -U postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$place/initdb.log" 2>&1 ||
    fail "initdb failed"
$as_postgres "$bin/pg_ctl" -D "$place/data" -l "$place/server.log" -w -t 60 -o "-k $place -c listen_addresses= \
    -c fsync=${MARKAZ_TEST_FSYNC:-off} -c shared_buffers=64MB -c max_connections=100" start >/dev/null 2>&1 ||
    fail "PostgreSQL did not start"

cd - >/dev/null || exit 1
MARKAZ_TEST_POSTGRES="postgresql:///postgres?host=$place&user=postgres"
export MARKAZ_TEST_POSTGRES
"$@"
status=$?
end
exit $status
