#!/usr/bin/env bash
# Runs a suite, follows it, downloads its samples as CSV and Parquet. Needs curl.
set -euo pipefail
url=${BANCADA_URL:-http://localhost:4000}
folder=${1:-.}
token=()
[ -z "${BANCADA_TOKEN:-}" ] || token=(--header "authorization: Bearer $BANCADA_TOKEN")
ask() { curl --silent --show-error --fail-with-body "${token[@]}" "$@"; }

location=$(ask --include --json '{"suite": "name: shell\nmodels: [bancada-tiny]\ntasks: [tiny-arithmetic]\n", "limit": 10}' "$url/api/v1/runs" |
  tr -d '\r' | sed -n 's/^location: //Ip')
echo "run $location"

# Server-Sent Events, from the first on; the stream ends with the run's last event.
id=${location##*/}
ask --no-buffer --header 'accept: text/event-stream' --json "{\"query\": \"subscription { runEvents(runId: \\\"$id\\\", afterSequence: 0) { __typename ... on RunProgressEvent { status progress { done total } } ... on RunStatusEvent { status } } }\"}" "$url/graphql" |
  while read -r line; do
    case $line in data:*) echo "${line#data: }" ;; esac
    case $line in *SUCCEEDED* | *FAILED* | *CANCELLED*) break ;; esac
  done || true

ask "$url$location/metrics?format=csv"
ask --output "$folder/samples.csv" "$url$location/samples?format=csv"
ask --output "$folder/samples.parquet" --header 'accept: application/vnd.apache.parquet' "$url$location/samples"
ask --output "$folder/results.sqlite" "$url$location/export?format=sqlite"
wc -l "$folder/samples.csv"
