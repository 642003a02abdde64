#!/bin/sh
# Brings Temporal's two databases, made by deploy/postgres/init.sh, to the schema of this release of temporal-sql-tool.
# Safe to repeat: what was applied is not applied twice. Run it before a newer server starts.
set -eu
: "${SQL_HOST:?is not set: the host of the PostgreSQL that keeps the state of Temporal}"
: "${SQL_USER:?is not set: the account that owns the databases of Temporal}"
: "${SQL_PASSWORD:?is not set: the password of that account}"

# tool <database> <command and its options>
tool() {
  database=$1
  shift
  temporal-sql-tool --plugin postgres12 --ep "$SQL_HOST" -p "${SQL_PORT:-5432}" -u "$SQL_USER" --db "$database" "$@"
}

# bring <database> <its schema inside the tool>
bring() {
  tool "$1" setup-schema -v 0.0
  tool "$1" update-schema --schema-name "$2"
  echo "$1 is up to date"
}

bring temporal postgresql/v12/temporal
bring temporal_visibility postgresql/v12/visibility
