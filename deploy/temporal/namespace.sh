#!/bin/sh
# Makes the namespace, which keeps what has ended for 30 days, and waits until it can be used. Safe to repeat. The search
# attributes follow with `iter provision`.
set -eu
: "${TEMPORAL_ADDRESS:?is not set: host and port of the frontend of Temporal}"
: "${TEMPORAL_NAMESPACE:?is not set: the namespace to make}"
retention=720h
attempts=60

# patiently <command>: a server that has just come up refuses the first calls, and a namespace that has just been made is
# known to all its parts some ten seconds later. One that refuses to the end says why.
patiently() {
  attempt=1
  until "$@" >/dev/null 2>&1; do
    if [ "$attempt" -ge "$attempts" ]; then
      echo "The namespace $TEMPORAL_NAMESPACE could not be made at $TEMPORAL_ADDRESS:" >&2
      "$@"
    fi
    attempt=$((attempt + 1))
    sleep 1
  done
}

ensure() {
  temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" ||
    temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention "$retention"
}

patiently ensure
patiently temporal operator namespace update --namespace "$TEMPORAL_NAMESPACE" --retention "$retention"
patiently temporal workflow count --namespace "$TEMPORAL_NAMESPACE"
echo "The namespace $TEMPORAL_NAMESPACE is ready."
