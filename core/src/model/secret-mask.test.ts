// security: secrets: an endpoint that repeats its key in answers that succeed: whole, in pieces, as plain JSON, in headers; over real HTTP.
import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { unrestrictedNetwork as network } from '../network/network-policy.ts';
import { anthropic } from './anthropic.ts';
import { probeEndpoint } from './endpoint-probe.ts';
import type { LanguageModel } from './language-model.ts';
import { SecretMask } from './secret-mask.ts';
import { startTestAnthropic } from './test-anthropic.ts';
import { afterProbe, openModel, question, testKey, testServer } from './test-question.ts';

async function answerOf(model: LanguageModel, text = 'a') {
  const pieces: string[] = [];
  async function* requests() {
    yield question(text);
  }
  const onText = (_id: string, piece: string) => pieces.push(piece);
  const [result] = await Array.fromAsync(model.generate(requests(), { onText }));
  return { result, told: pieces.join('') };
}

function sendEvents(response: ServerResponse, pieces: readonly string[]): true {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'x-key': testKey });
  for (const text of pieces) response.write(`data: ${JSON.stringify({ choices: [{ text }] })}\n\n`);
  response.end(
    `data: ${JSON.stringify({ choices: [{ text: '', finish_reason: 'stop' }] })}\n\ndata: [DONE]\n\n`,
  );
  return true;
}

const half = Math.floor(testKey.length / 2);

test.each<[string, readonly string[], string]>([
  ['in one event', [`it is ${testKey}, keep it`], 'it is ***, keep it'],
  [
    'spread over events',
    ['it is ', testKey.slice(0, 3), testKey.slice(3, half), `${testKey.slice(half)}, keep it`],
    'it is ***, keep it',
  ],
  ['letter by letter, twice', [...testKey, ' ', ...testKey], '*** ***'],
  ['begun and left', ['it is ', testKey.slice(0, half), '?'], `it is ${testKey.slice(0, half)}?`],
  ['begun at the end', ['it is ', testKey.slice(0, half)], `it is ${testKey.slice(0, half)}`],
])(
  'security: secrets: a key %s is not in the answer, nor in what is told meanwhile',
  async (_name, pieces, text) => {
    const endpoint = await testServer(afterProbe((_request, response) => sendEvents(response, pieces)));
    const { result, told } = await answerOf(await openModel(endpoint.url));
    expect(result).toMatchObject({ status: 'ok', text });
    expect(told).toBe(text);
  },
);

test('security: secrets: nor in an answer in one piece, nor in the models that are listed', async () => {
  const endpoint = await testServer(
    afterProbe((_request, response) => {
      response
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify({ choices: [{ text: `"${testKey}"`, finish_reason: 'stop' }] }));
      return true;
    }),
  );
  const { result } = await answerOf(await openModel(endpoint.url));
  expect(result).toMatchObject({ status: 'ok', text: '"***"' });
  const lister = await testServer({
    misbehave: ({ path }, response) => {
      if (path !== '/v1/models') return false;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ data: [{ id: 'toy', owned_by: `the holder of ${testKey}` }] }));
      return true;
    },
  });
  const found = await probeEndpoint({ base_url: lister.url, apiKey: testKey, network });
  expect(found.ownedBy).toBe('the holder of ***');
});

test('security: secrets: nor over the Messages API', async () => {
  await using server = await startTestAnthropic(testKey);
  const options = { base_url: server.url, model: 'claude-test', api_key_env: 'KEY' };
  const context = { name: 'c', baseDirectory: '.', secret: () => testKey, network };
  const model = await anthropic.language?.(anthropic.options.parse(options), context);
  if (model === undefined) throw new Error('no language model');
  expect((await answerOf(model, `one ${testKey} two`)).result).toMatchObject({ text: 'two *** one' });
  await model.close();
});

test('what is no secret stays: short keys, and headers that hold none', () => {
  const mask = new SecretMask('ollama', {
    'anthropic-version': '2023-06-01',
    'x-title': 'Bancada bench',
    authorization: 'Bearer a-"quoted"-secret',
  });
  expect(mask.json(JSON.stringify('ollama, 2023-06-01, Bancada bench, a-"quoted"-secret'))).toBe(
    '"ollama, 2023-06-01, Bancada bench, ***"',
  );
});
