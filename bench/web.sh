#!/usr/bin/env bash
# Measures the pages with 10,000 candidates in the database: each at 1, 8 and 64 connections, the front page beside nginx, which serves the
# same bytes in the same run.
#
#   bench/web.sh            a release build, ten seconds for each line
#   bench/web.sh --quick    the debug build, 400 candidates, one second each: does it run?
#
# It wants wrk and nginx (Debian: wrk, nginx-light) and installs them where it may. Prints tables in Markdown.
set -euo pipefail
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-target}

missing=()
command -v wrk > /dev/null || missing+=(wrk)
PATH=$PATH:/usr/sbin command -v nginx > /dev/null || missing+=(nginx-light)
if [ "${#missing[@]}" -gt 0 ]; then
    if [ "$(id -u)" -eq 0 ] && command -v apt-get > /dev/null; then
        apt-get update -qq
        # Its service is not wanted, only the program.
        RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" > /dev/null
    else
        echo "bench/web.sh needs ${missing[*]}. Install them, for example: sudo apt-get install ${missing[*]}" >&2
        exit 1
    fi
fi
PATH=$PATH:/usr/sbin

if [[ ${1:-} == --quick ]]; then
    profile=debug rounds=2 seconds=1 fill=--small savers=9 thinking=0.1
    cargo build --quiet --package cli
    cargo build --quiet --package store --example store_bench
else
    profile=release rounds=50 seconds=10 fill= savers=342 thinking=10
    cargo build --quiet --release --package cli
    cargo build --quiet --release --package store --example store_bench
fi
program=$target/$profile/paritrana

work=$(mktemp -d "${TMPDIR:-/tmp}/paritrana-web.XXXXXX")
served=() # what is to be stopped
finish() {
    for pid in "${served[@]}"; do kill "$pid" 2> /dev/null || true; done
    wait 2> /dev/null || true
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM HUP
unset PARITRANA_CONFIG DATABASE_URL PARITRANA_FILES

# The candidates stand in an edition of their own; beside it stands an invented year, for pages with winners.
"$target/$profile/examples/store_bench" "$work" fill "$rounds"
database=$work/rounds-$rounds.db
# shellcheck disable=SC2086 # no option is no word
"$program" --lang en demo fill $fill --database "$database" > "$work/people.txt"

# Starts the pages of an edition; says where they are in `site`, and how long it took to the first answer in `first`.
serve() {
    local began answered
    began=$(date +%s%N)
    "$program" --lang en serve --database "$database" --listen 127.0.0.1:0 --edition "$1" > "$work/served.log" 2>&1 &
    server=$!
    served+=("$server")
    site=
    until [ -n "$site" ]; do
        kill -0 "$server" || { cat "$work/served.log" >&2; exit 1; }
        site=$(grep -o 'http://127[^ ]*[0-9]' "$work/served.log" | head -n 1 || true)
        sleep 0.002
    done
    until curl --silent --fail --output /dev/null "$site/"; do sleep 0.002; done
    answered=$(date +%s%N)
    first=$(( (answered - began) / 1000000 ))
}

# Of a process with its children.
resident() {
    local pid files=("/proc/$1/status")
    for pid in $(pgrep -P "$1" || true); do files+=("/proc/$pid/status"); done
    awk '/^VmRSS/ { sum += $2 } END { printf "%.0f", sum / 1000 }' "${files[@]}"
}

# One line of the table: what it is, the address, the process whose memory counts, more headers.
measure() {
    local what=$1 address=$2 pid=$3 connections
    shift 3
    for connections in 1 8 64; do
        load "$what" "$address" "$pid" "$connections" $(( connections < 2 ? 1 : 2 )) -H 'Accept-Encoding: gzip' "$@"
    done
}

# One row: as above, with the number of connections and of threads.
load() {
    local what=$1 address=$2 pid=$3 connections=$4 threads=$5
    shift 5
    wrk --latency --threads "$threads" --connections "$connections" --duration "${seconds}s" "$@" "$address" > "$work/wrk.txt"
    if grep -q 'Non-2xx' "$work/wrk.txt"; then
        echo "$what: $(grep 'Non-2xx' "$work/wrk.txt")" >&2
        exit 1
    fi
    awk -v what="$what" -v connections="$connections" -v memory="$(resident "$pid")" '
        function ms(text) {
            if (text ~ /us$/) return substr(text, 1, length(text) - 2) / 1000
            if (text ~ /ms$/) return substr(text, 1, length(text) - 2) + 0
            return substr(text, 1, length(text) - 1) * 1000
        }
        $1 == "50%" { half = ms($2) }
        $1 == "99%" { most = ms($2) }
        $1 == "Requests/sec:" { rate = $2 }
        END { printf "| %s | %d | %.0f | %.2f | %.2f | %s |\n", what, connections, rate, half, most, memory }' "$work/wrk.txt"
}

serve bench
echo "From start to first answer: $first ms; resident then: $(resident "$server") MB; candidates: $(( rounds * 200 ))"
echo
echo '| page | connections | in a second | p50 ms | p99 ms | resident MB |'
echo '|---|---:|---:|---:|---:|---:|'
measure "front page of $(( rounds * 200 )) candidates" "$site/" "$server"

# The same bytes and the same headers that matter, from nginx with two workers.
curl --silent --fail --header 'Accept-Encoding: gzip' --dump-header "$work/head.txt" --output "$work/page.gz" "$site/"
grep -qi '^content-encoding: gzip' "$work/head.txt"
policy=$(sed -n 's/^content-security-policy: //Ip' "$work/head.txt" | tr -d '\r')
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cat > "$work/nginx.conf" << CONF
daemon off;
worker_processes 2;
pid $work/nginx.pid;
error_log stderr crit;
events { worker_connections 1024; }
http {
  access_log off;
  client_body_temp_path $work/t1; proxy_temp_path $work/t2; fastcgi_temp_path $work/t3; uwsgi_temp_path $work/t4; scgi_temp_path $work/t5;
  sendfile on;
  tcp_nopush on;
  open_file_cache max=10;
  keepalive_requests 1000000000;
  server {
    listen 127.0.0.1:$port;
    location = / {
      root $work;
      try_files /page.gz =404;
      types { }
      default_type "text/html; charset=utf-8";
      add_header Content-Encoding gzip;
      add_header Vary accept-encoding;
      add_header Content-Security-Policy "$policy";
    }
  }
}
CONF
chmod 755 "$work"
chmod 644 "$work/page.gz"
nginx -e stderr -c "$work/nginx.conf" &
nginx=$!
served+=("$nginx")
curl --silent --fail --retry 50 --retry-delay 0 --retry-connrefused --retry-max-time 10 --output "$work/again.gz" "http://127.0.0.1:$port/"
cmp "$work/page.gz" "$work/again.gz"
measure 'the same bytes from nginx' "http://127.0.0.1:$port/" "$nginx"

# Signs a person in by a link of the administrator's; says the cookie in `cookie`.
enter() {
    local link
    link=$("$program" --lang en user link "$1" --database "$database" --address "$site" | grep -o "$site/[^ ]*" | head -n 1)
    cookie=$(curl --silent --output /dev/null --dump-header - --header 'Sec-Fetch-Site: same-origin' --data '' "$link" |
        sed -n 's/^set-cookie: \([^;]*\).*/\1/Ip' | head -n 1)
    [ -n "$cookie" ] || { echo "$1 is not let in" >&2; exit 1; }
}

# Pages of a candidate of the invented year, beside the ten thousand.
enter "$(grep -o 'contoh-[0-9]*-c[0-9a-z-]*' "$work/people.txt" | head -n 1)"
desk=$(curl --silent --fail --cookie "$cookie" "$site/saya" | grep -o '/saya/kandidat/[^"#]*' | head -n 1)
measure 'my tasks, signed in' "$site/saya" "$server" -H "Cookie: $cookie"
measure 'a dossier, signed in' "$site$desk" "$server" -H "Cookie: $cookie"
measure 'its figures, signed in' "$site$desk/angka" "$server" -H "Cookie: $cookie"

# Figures saved: as many people as work at once, each with a dossier of the own in the contest of that candidate.
contest=${desk%/*}
region=${contest#*~province~}
region=${region%~*}
year=${contest#/saya/kandidat/}
year=${year%/*}
run() { "$program" --lang en "$@" --database "$database"; }
{
    echo 'id,name,category,kind,region,enters_at'
    for number in $(seq "$savers"); do echo "tabah-$number,Kabupaten $number,kabkota,regency,$region.0$(( number % 4 + 1 )),province"; done
} > "$work/candidates.csv"
run import candidates "$work/candidates.csv" --edition "$year" --files "$work/files" --write > /dev/null
for number in $(seq "$savers"); do
    person=penyimpan-$number
    run user add "$person" --name "Sari Contoh" > /dev/null
    run user give "$person" candidate --organisation "tabah-$number" --edition "$year" > /dev/null
    run user come "$(run user invite "$person" | grep -oE '([A-Z0-9]{4}-){3}[A-Z0-9]{4}')" > /dev/null
    enter "$person"
    printf '%s%s/tabah-%s/angka\t%s\n' "$site" "$contest" "$number" "$cookie" >> "$work/savers.txt"
done
for at_once in 1 8 64; do
    bench/saves.py "$work/savers.txt" $(( at_once < savers ? at_once : savers )) "$seconds"
done
# As many as the jurors of a nation, who think between two figures.
bench/saves.py "$work/savers.txt" "$savers" $(( 3 * seconds )) "$thinking"

# The result of a contest that was announced, if the pages lead to one.
edition=$("$program" --lang en edition list --database "$database" | grep -o 'contoh-[0-9]*' | sort | tail -n 1)
result=$(curl --silent --fail "$site/edisi/$edition/hasil" | grep -o "/edisi/$edition/hasil/[^\"]*" | head -n 1 || true)
if [ -n "$result" ]; then
    measure 'result of a contest' "$site$result" "$server"
else
    echo 'there is no result page yet: not measured' >&2
fi
echo
echo "Resident at the end: $(resident "$server") MB"
