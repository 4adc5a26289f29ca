"""Runs a suite, follows it, and compares its two models. Needs: pip install -r requirements.txt"""
import io
import json
import os

import pandas
import requests

URL = os.environ.get("BANCADA_URL", "http://localhost:4000")
session = requests.Session()
if "BANCADA_TOKEN" in os.environ:
    session.headers["Authorization"] = f"Bearer {os.environ['BANCADA_TOKEN']}"

SUITE = """
name: notebook
models: [bancada-tiny, bancada-micro]
tasks: [tiny-arithmetic]
"""


def graphql(query, **variables):
    answer = session.post(f"{URL}/graphql", json={"query": query, "variables": variables})
    answer.raise_for_status()
    body = answer.json()
    if "errors" in body:
        raise RuntimeError(body["errors"])
    return body["data"]


def start(suite, limit):
    answer = session.post(f"{URL}/api/v1/runs", json={"suite": suite, "limit": limit})
    if not answer.ok:
        raise RuntimeError(answer.json()["detail"])
    return answer.json()["id"]


def follow(run):
    """Prints the progress until the run is over: Server-Sent Events, replayed from the first."""
    query = """subscription ($run: ID!) { runEvents(runId: $run, afterSequence: 0) {
      __typename sequence ... on RunProgressEvent { status progress { done total } } ... on RunStatusEvent { status } } }"""
    body = {"query": query, "variables": {"run": run}}
    with session.post(
        f"{URL}/graphql", json=body, headers={"Accept": "text/event-stream"}, stream=True, timeout=600
    ) as events:
        for line in events.iter_lines(decode_unicode=True):
            if not line.startswith("data:") or line == "data:":
                continue
            event = json.loads(line[5:])["data"]["runEvents"]
            if "progress" in event:
                print(f"{event['progress']['done']} of {event['progress']['total']}")
            if event.get("status") in ("SUCCEEDED", "FAILED", "CANCELLED"):
                return event["status"]


def table(run, part, **query):
    answer = session.get(f"{URL}/api/v1/runs/{run}/{part}", params={"format": "parquet", **query})
    answer.raise_for_status()
    return pandas.read_parquet(io.BytesIO(answer.content))


run = start(SUITE, limit=20)
print("run", run, follow(run))

metrics = table(run, "metrics")
scores = metrics[metrics.kind == "score"]
print(scores[["task", "model", "metric", "value", "n", "ciLow", "ciHigh"]].to_string(index=False))

samples = table(run, "samples")
print(samples.groupby("model").exact_match.mean())
csv = session.get(f"{URL}/api/v1/runs/{run}/samples", params={"format": "csv"}).text
assert len(pandas.read_csv(io.StringIO(csv))) == len(samples)

# Paired by item: which questions does only one of the two get right?
pairs = samples.pivot(index="item", columns="model", values="exact_match")
print("only tiny:", int(((pairs["bancada-tiny"] == 1) & (pairs["bancada-micro"] == 0)).sum()))

# The same run again, compared by the server: difference, 95 % interval, p.
again = start(SUITE, limit=20)
follow(again)
comparison = graphql(
    """query ($a: ID!, $b: ID!) { compareRuns(baseline: $a, candidates: [$b]) {
      rows { task metric baselineModel candidateModel difference ciLow ciHigh p } } }""",
    a=run,
    b=again,
)
print(pandas.DataFrame(comparison["compareRuns"]["rows"]).to_string(index=False))
