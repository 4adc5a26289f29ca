// Runs a suite, follows it, and reads its samples: fetch alone, no package. `node run.ts` with Node 24.
const url = process.env.BANCADA_URL ?? 'http://localhost:4000';
const token = process.env.BANCADA_TOKEN;
const headers = {
  'content-type': 'application/json',
  ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
};

async function start(suite: string, limit: number): Promise<string> {
  const answer = await fetch(`${url}/api/v1/runs`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ suite, limit }),
  });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.detail);
  return body.id;
}

/** Resolves with the run's last status: Server-Sent Events, replayed from the first. */
async function follow(run: string): Promise<string> {
  const query = `subscription ($run: ID!) { runEvents(runId: $run, afterSequence: 0) {
    __typename ... on RunProgressEvent { status progress { done total } } ... on RunStatusEvent { status } } }`;
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { ...headers, accept: 'text/event-stream' },
    body: JSON.stringify({ query, variables: { run } }),
  });
  let rest = '';
  for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines.filter((one) => one.startsWith('data: {'))) {
      const event = JSON.parse(line.slice(6)).data.runEvents;
      if (event.progress) console.log(`${event.progress.done} of ${event.progress.total}`);
      if (['SUCCEEDED', 'FAILED', 'CANCELLED'].includes(event.status)) return event.status;
    }
  }
  throw new Error('the stream ended before the run');
}

const run = await start('name: script\nmodels: [bancada-tiny]\ntasks: [tiny-arithmetic]\n', 10);
console.log('run', run, await follow(run));

const metrics = await (await fetch(`${url}/api/v1/runs/${run}/metrics`, { headers })).json();
for (const { task, model, metric, value, ciLow, ciHigh, kind } of metrics) {
  if (kind === 'score') console.log(`${task} ${model} ${metric} ${value} [${ciLow}, ${ciHigh}]`);
}
const lines = await (await fetch(`${url}/api/v1/runs/${run}/samples?format=jsonl`, { headers })).text();
const samples = lines
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line));
console.log(`${samples.length} samples, the first answered ${JSON.stringify(samples[0].prediction)}`);
