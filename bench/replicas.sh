#!/usr/bin/env bash
# bench/replicas.sh [live|limit|broadcast|bulk|import|webhooks|rolling|database]
# Three processes over one PostgreSQL behind nginx, as docs/operating.md sets them up: how soon one shows or refuses what was done at
# another, limits over all of them, kill -9 in the middle of work, a rolling restart and a database that goes away. Writes
# bench/results/replicas.txt.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
port=${BENCH_PORT:-5230}

command -v nginx >/dev/null || { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends nginx-light >/dev/null; }
publish
use_database postgres
filled=$("$tool" fill-conversations 5000 "$work/data" 2>&1)
controls=$(head -c 24 /dev/urandom | base64 | tr -d '+/=')
export WhatsApp__Sandbox__ControlToken=$controls
start_sandbox
token=$(cat "$work/data/token")

servers=$(for replica in 2 3 4; do echo "server 127.0.0.1:$((port + replica)) max_fails=1 fail_timeout=5s;"; done)
cat >"$work/nginx.conf" <<NGINX
daemon off;
error_log $work/nginx.log warn;
pid $work/nginx.pid;
events { worker_connections 1024; }
http {
    access_log off;
    client_body_temp_path $work/body;
    proxy_temp_path $work/proxy;
    fastcgi_temp_path $work/fastcgi;
    uwsgi_temp_path $work/uwsgi;
    scgi_temp_path $work/scgi;
    map \$http_upgrade \$connection_upgrade { default upgrade; '' close; }
    upstream wacr { ip_hash; $servers }
    upstream wacr_api { $servers }
    server {
        listen 127.0.0.1:$port;
        client_max_body_size 110m;
        proxy_http_version 1.1;
        proxy_set_header Host \$host;
        proxy_set_header X-Forwarded-For \$proxy_add_x_forwarded_for;
        proxy_set_header X-Forwarded-Proto \$scheme;
        proxy_set_header Upgrade \$http_upgrade;
        proxy_set_header Connection \$connection_upgrade;
        proxy_read_timeout 1h;
        location / { proxy_pass http://wacr; }
        location /api/ { proxy_pass http://wacr_api; }
        location /webhooks/ { proxy_pass http://wacr_api; }
    }
}
NGINX
in_background "$work/nginx.out" nginx -c "$work/nginx.conf"

cat >"$work/restart-postgres" <<RESTART
cd /
runuser -u postgres -- "$postgres/pg_ctl" -D "$work/pg" -m fast -w stop >/dev/null
sleep 5
runuser -u postgres -- "$postgres/pg_ctl" -D "$work/pg" -l "$work/pg/log" -w start -o "-p $((port + 9)) -h 127.0.0.1 -k $work/pg" >/dev/null
RESTART

export ASPNETCORE_ENVIRONMENT=Production PublicUrl=http://127.0.0.1 SignIn__MaxAttemptsPerMinute=100000 Logging__LogLevel__Default=Warning
{
  heading "postgres, three processes behind nginx" ", sandbox in another process"
  echo "fill: $filled"
  echo
  "$tool" replicas "$work/web" "http://127.0.0.1:$port" "$outside" "$controls" "$token" "$work/restart-postgres" "${1:-}"
} | tee "$here/results/replicas${1:+-$1}.txt"
