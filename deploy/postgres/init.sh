#!/bin/sh
# Makes the two accounts and three databases: iter_app owns the application's, temporal owns its two, and neither may
# look into what is the other's. Runs by itself when the data folder is new; safe to repeat by hand, as a superuser, on
# any PostgreSQL: with the passwords changed in the environment it changes them.
set -eu
: "${ITER_DB_PASSWORD:?is not set: it becomes the password of iter_app}"
: "${TEMPORAL_DB_PASSWORD:?is not set: it becomes the password of temporal}"

# The passwords go by the environment, not by arguments, which every process of the machine may read.
psql --no-psqlrc --quiet -v ON_ERROR_STOP=1 -U "${POSTGRES_USER:-postgres}" -d "${POSTGRES_DB:-postgres}" <<'SQL'
\getenv iter_password ITER_DB_PASSWORD
\getenv temporal_password TEMPORAL_DB_PASSWORD

SELECT format('CREATE ROLE %I', name)
  FROM unnest(ARRAY['iter_app', 'temporal']) AS name
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)
\gexec

ALTER ROLE iter_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'iter_password';
ALTER ROLE temporal LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'temporal_password';

SELECT format('CREATE DATABASE %I', name)
  FROM unnest(ARRAY['iter', 'temporal', 'temporal_visibility']) AS name
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = name)
\gexec

ALTER DATABASE iter OWNER TO iter_app;
ALTER DATABASE temporal OWNER TO temporal;
ALTER DATABASE temporal_visibility OWNER TO temporal;
REVOKE CONNECT ON DATABASE iter, temporal, temporal_visibility FROM PUBLIC;
SQL
