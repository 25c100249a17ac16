#!/usr/bin/env bash
# Runs a command beside a throwaway PostgreSQL: tools/postgres.sh COMMAND... The command finds in its environment
#   PARITRANA_TEST_POSTGRES      the address (postgres://...) of a superuser of a new, empty cluster in a temporary folder
#   PARITRANA_TEST_POSTGRES_CTL  a program for fault tests: start | stop | stop-immediate | restart | kill9 | full | room | log |
#   folder; from `full` to `room` its disk has no room (tools/full-disk.c)
# The cluster is as durable as a real one (fsync on) and otherwise small. PostgreSQL refuses to run as root, so root lends it the user
# postgres. The exit status is the command's. However this script ends, even by kill -9, a watch in its own session stops the
# cluster and removes the folder: it waits for the end of a pipe that only this script holds open.
set -euo pipefail
[ "$#" -gt 0 ] || { echo "usage: tools/postgres.sh COMMAND..." >&2; exit 2; }

programs="$(compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort -V | tail -n 1 || true)"
programs="${programs:-$(command -v initdb || true)}"
programs="${programs%/*}"
[ -n "$programs" ] || { echo "there is no PostgreSQL: run tools/need.sh, or install it, for example: sudo apt-get install postgresql" >&2; exit 1; }
lend=()
if [ "$(id -u)" -eq 0 ]; then
  id postgres >/dev/null 2>&1 || { echo "PostgreSQL cannot run as root and there is no user postgres: run tools/need.sh" >&2; exit 1; }
  lend=(runuser -u postgres --)
fi
as_owner() { (cd / && exec 9>&- && exec "${lend[@]}" "$@"); }

# A socket's path may have 107 bytes, and the user postgres must reach it: /tmp, whatever TMPDIR says.
work="$(mktemp -d /tmp/paritrana-postgres.XXXXXX)"
chmod 711 "$work"
mkdir -m 700 "$work/data" "$work/socket"
# Rust's linker needs a C compiler anyway.
cc -shared -fPIC -O1 -o "$work/full-disk.so" "$(dirname "$0")/full-disk.c" -ldl
chmod 644 "$work/full-disk.so"
[ "${#lend[@]}" -eq 0 ] || chown postgres: "$work/data" "$work/socket"

cat > "$work/control" <<CONTROL
#!/usr/bin/env bash
# Starts, stops and kills the throwaway cluster in this folder.
set -euo pipefail
lend=(${lend[*]@Q})
work=${work@Q}
programs=${programs@Q}
CONTROL
cat >> "$work/control" <<'CONTROL'
pg_ctl() { (cd / && exec "${lend[@]}" env LD_PRELOAD="$work/full-disk.so" PARITRANA_FULL="$work/full" "$programs/pg_ctl" --silent --wait --timeout=60 --pgdata="$work/data" "$@"); }
start() { pg_ctl start --log="$work/data/log"; }
alive() { grep -qs '^State:[[:space:]]*[^ZX[:space:]]' "/proc/$1/status"; }
# Stops the postmaster first, so that none of its processes escapes while they are listed; returns when all are dead.
kill9() {
  local postmaster="" found pids=()
  read -r postmaster < "$work/data/postmaster.pid"
  kill -STOP "$postmaster"
  for found in $(grep -ls "^PPid:[[:space:]]*$postmaster\$" /proc/[0-9]*/status); do
    found="${found#/proc/}"
    pids+=("${found%/status}")
  done
  kill -KILL "${pids[@]}" "$postmaster" 2>/dev/null || true
  for found in "${pids[@]}" "$postmaster"; do
    while alive "$found"; do sleep 0.01; done
  done
  # Nobody may have buried it (a container's first process); a new postmaster would take the dead one for a living one.
  [ ! -e "/proc/$postmaster" ] || rm -f "$work/data/postmaster.pid" "$work"/socket/.s.*.lock
}
case "${1:-}" in
  start) start ;;
  stop) pg_ctl stop --mode=fast ;;
  stop-immediate) pg_ctl stop --mode=immediate ;;
  restart) pg_ctl restart --mode=fast --log="$work/data/log" ;;
  kill9) kill9 ;;
  full) : > "$work/full" && chmod 644 "$work/full" ;;
  room) rm -f "$work/full" ;;
  log) cat "$work/data/log" ;;
  folder) echo "$work" ;;
  # For the watch: waits for the end of its input, then leaves nothing behind.
  watch)
    cat >/dev/null
    [ ! -e "$work/data/postmaster.pid" ] || "$0" stop-immediate >/dev/null 2>&1 || "$0" kill9 >/dev/null 2>&1 || true
    # An interrupted initdb may still be writing.
    for _ in {1..100}; do
      { cd / && rm -rf "$work" 2>/dev/null; } && exit 0
      sleep 0.1
    done
    exit 1
    ;;
  *) echo "usage: $0 start|stop|stop-immediate|restart|kill9|full|room|log|folder" >&2; exit 2 ;;
esac
CONTROL
chmod 755 "$work/control"
exec 9> >(exec setsid "$work/control" watch)
finish() {
  local status=$?
  exec 9>&-
  for _ in {1..900}; do
    [ -e "$work" ] || exit "$status"
    sleep 0.1
  done
  echo "the throwaway PostgreSQL in $work could not be removed" >&2
  [ "$status" -ne 0 ] || status=1
  exit "$status"
}
trap finish EXIT

password="$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')"
(umask 077 && echo "$password" > "$work/socket/password")
[ "${#lend[@]}" -eq 0 ] || chown postgres: "$work/socket/password"
as_owner "$programs/initdb" --pgdata="$work/data" --username=paritrana --encoding=UTF8 --locale=C --auth=scram-sha-256 \
  --pwfile="$work/socket/password" --no-sync --no-instructions >/dev/null
cat >> "$work/data/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = '$work/socket'
max_connections = 200
fsync = on
synchronous_commit = on
full_page_writes = on
recovery_init_sync_method = syncfs
shared_buffers = 64MB
wal_level = minimal
max_wal_senders = 0
jit = off
log_line_prefix = '%m [%p] '
timezone = 'UTC'
CONF
# Below the ports that the system gives to outgoing connections, so that it is still free after a restart.
start_on_a_free_port() {
  local tries
  for tries in 1 2 3 4 5 6 7 8; do
    port=$((20000 + RANDOM % 12000))
    (: < "/dev/tcp/127.0.0.1/$port") 2>/dev/null && continue
    echo "port = $port" >> "$work/data/postgresql.conf"
    "$work/control" start 9>&- >/dev/null 2>&1 && return
  done
  echo "PostgreSQL did not start (tried $tries ports):" >&2
  "$work/control" log >&2
  return 1
}
start_on_a_free_port

export PARITRANA_TEST_POSTGRES="postgres://paritrana:$password@127.0.0.1:$port/postgres"
export PARITRANA_TEST_POSTGRES_CTL="$work/control"
"$@" 9>&-
