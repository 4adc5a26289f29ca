// Programs that fetch what the dashboard shows, to be copied into a terminal, Python or R.

/** The languages, in the order of the page. */
export const snippetLanguages = ['curl', 'python', 'r'] as const;

/** One of {@link snippetLanguages}. */
export type SnippetLanguage = (typeof snippetLanguages)[number];

/** How a program reaches this system. */
export interface Access {
  /** Without a slash at its end. */
  readonly origin: string;
  /** Whether requests need a token, read from the environment variable BANCADA_TOKEN. */
  readonly token: boolean;
}

const runsQuery =
  'query ($filter: RunFilter) { runs(first: 50, filter: $filter) { nodes { id name status createdAt metrics { model task name value ciLow ciHigh n } } } }';

/** The filters of the list of runs as GraphQL takes them, from the query of its address. */
export function runFilterOf(search: string): Record<string, unknown> {
  const values = new URLSearchParams(search);
  const [status, text, model] = [values.get('status'), values.get('q'), values.get('model')];
  return {
    ...(status ? { status: [status] } : {}),
    ...(text ? { search: text } : {}),
    ...(model ? { model } : {}),
  };
}

/** Runs with their scores, those that pass the filters of `search`. */
export function runsSnippet(language: SnippetLanguage, access: Access, search: string): string {
  const body = JSON.stringify({ query: runsQuery, variables: { filter: runFilterOf(search) } }, null, 2);
  const url = `${access.origin}/graphql`;
  switch (language) {
    case 'curl':
      return [
        `curl -s ${url} \\`,
        ...(access.token ? ['  -H "authorization: Bearer $BANCADA_TOKEN" \\'] : []),
        "  -H 'content-type: application/json' \\",
        `  -d '${body.replaceAll("'", String.raw`'\''`)}'`,
      ].join('\n');
    case 'python':
      return `import json, os, urllib.request

body = json.loads(r"""${body}""")
request = urllib.request.Request(
    "${url}",
    data=json.dumps(body).encode(),
    headers={"content-type": "application/json"${access.token ? ', "authorization": "Bearer " + os.environ["BANCADA_TOKEN"]' : ''}},
)
runs = json.load(urllib.request.urlopen(request))["data"]["runs"]["nodes"]
for run in runs:
    for metric in run["metrics"]:
        print(run["name"], metric["model"], metric["task"], metric["name"], metric["value"])`;
    case 'r':
      return `library(httr2)

body <- r"---(${body})---"
answer <- request("${url}") |>${access.token ? '\n  req_auth_bearer_token(Sys.getenv("BANCADA_TOKEN")) |>' : ''}
  req_body_raw(body, type = "application/json") |>
  req_perform() |>
  resp_body_json(simplifyVector = TRUE)
answer$data$runs$nodes`;
  }
}

/** Every sample of a run as a table. */
export function samplesSnippet(language: SnippetLanguage, access: Access, runId: string): string {
  const url = `${access.origin}/api/v1/runs/${runId}/samples?format=csv`;
  switch (language) {
    case 'curl':
      return `curl -s ${access.token ? '-H "authorization: Bearer $BANCADA_TOKEN" ' : ''}-o samples.csv '${url}'`;
    case 'python':
      return `import csv, io, os, urllib.request

request = urllib.request.Request("${url}"${access.token ? ', headers={"authorization": "Bearer " + os.environ["BANCADA_TOKEN"]}' : ''})
samples = list(csv.DictReader(io.TextIOWrapper(urllib.request.urlopen(request), "utf-8")))
print(len(samples), samples[0])`;
    case 'r':
      return access.token
        ? `library(httr2)

text <- request("${url}") |>
  req_auth_bearer_token(Sys.getenv("BANCADA_TOKEN")) |>
  req_perform() |>
  resp_body_string()
samples <- read.csv(text = text)
str(samples)`
        : `samples <- read.csv("${url}")\nstr(samples)`;
  }
}
