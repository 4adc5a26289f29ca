#!/usr/bin/env bash
# Runs a suite, follows it, downloads its samples as CSV and Parquet. Needs curl.
set -euo pipefail
url=${BANCADA_URL:-http://localhost:4000}
folder=${1:-.}
options=(--silent --show-error --fail-with-body)
[ -z "${BANCADA_TOKEN:-}" ] || options+=(--header "authorization: Bearer $BANCADA_TOKEN")
ask() { curl "${options[@]}" "$@"; }
json=(--header 'content-type: application/json')

location=$(ask --include "${json[@]}" "$url/api/v1/runs" \
  --data '{"suite": "name: shell\nmodels: [bancada-tiny]\ntasks: [tiny-arithmetic]\n", "limit": 10}' |
  tr -d '\r' | sed -n 's/^location: //Ip')
echo "run $location"

# Server-Sent Events, from the first on. The stream stays open when the run is over: a run may be resumed.
query='subscription { runEvents(runId: \"'${location##*/}'\", afterSequence: 0) { __typename ... on RunProgressEvent { status progress { done total } } ... on RunStatusEvent { status } } }'
events=$(mktemp -u)
mkfifo "$events"
curl "${options[@]}" --no-buffer "${json[@]}" --header 'accept: text/event-stream' --data "{\"query\": \"$query\"}" "$url/graphql" >"$events" &
while read -r line; do
  case $line in data:*) echo "${line#data: }" ;; esac
  case $line in *SUCCEEDED* | *FAILED* | *CANCELLED*) break ;; esac
done <"$events"
kill $! && rm "$events"

ask "$url$location/metrics?format=csv"
ask --output "$folder/samples.csv" "$url$location/samples?format=csv"
ask --output "$folder/samples.parquet" --header 'accept: application/vnd.apache.parquet' "$url$location/samples"
ask --output "$folder/results.sqlite" "$url$location/export?format=sqlite"
wc -l "$folder/samples.csv"
