#!/bin/sh
# Writes .env with new random secrets, for docker-compose.yml. An .env that is there stays: its passwords are those of the
# databases that were made with it.
set -eu
cd "$(dirname "$0")/.."
file=.env
if [ -e "$file" ]; then
  echo "$PWD/$file is there already and stays as it is. Remove it only together with the volumes made with it." >&2
  exit 1
fi

# 48 hexadecimal digits: they need no quoting in addresses.
secret() {
  od -An -N24 -tx1 /dev/urandom | tr -d ' \n'
}

umask 077
{
  echo "POSTGRES_PASSWORD=$(secret)"
  echo "ITER_DB_PASSWORD=$(secret)"
  echo "TEMPORAL_DB_PASSWORD=$(secret)"
  echo "ITER_S3_ACCESS_KEY=iter"
  echo "ITER_S3_SECRET_KEY=$(secret)"
  echo "ITER_PAYMENTS_SECRET=$(secret)"
  echo "ITER_METRICS_TOKEN=$(secret)"
} >"$file.new"
mv "$file.new" "$file"
echo "$PWD/$file is written, readable by its owner alone. Keep a copy where the backups are."
