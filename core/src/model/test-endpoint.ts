// A real HTTP server for tests that speaks OpenAI's protocol over a toy language model, and misbehaves on demand.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** One request as it arrived. */
export interface SeenRequest {
  readonly path: string;
  readonly body: Record<string, unknown>;
  readonly headers: IncomingMessage['headers'];
  /** How often this very body came before. */
  readonly repeat: number;
}

/** Answers in the toy model's stead; `false` leaves it to the model. */
export type Misbehaviour = (request: SeenRequest, response: ServerResponse) => boolean | Promise<boolean>;

/** What the server is like. */
export interface TestEndpointOptions {
  readonly misbehave?: Misbehaviour;
  /** How long each answer takes at least. */
  readonly latencyMs?: number;
  /** `generated`: log-probabilities of generated tokens only, as llama-server gives them. */
  readonly echo?: 'prompt' | 'generated';
  /** Puts a token before each prompt, as tokenizers with a BOS do. */
  readonly bos?: string;
  readonly usage?: boolean;
  readonly chat?: boolean;
  /** Holds an answer to a JSON schema, and tells the likeliest tokens of one. */
  readonly modern?: boolean;
}

/** A running server; `close` cuts every connection. */
export interface TestEndpoint {
  readonly url: string;
  readonly seen: SeenRequest[];
  /** Most requests that were under way at once. */
  readonly mostAtOnce: () => number;
  /** Connections that were opened. */
  readonly connections: () => number;
  close(): Promise<void>;
}

/** The toy model's tokens: words and signs with the space before them; `<|end|>` is one. */
export function toyTokens(text: string): string[] {
  return text.match(/<\|\w+\|>|\s?[\p{L}\p{N}]+|\s?[^\s\p{L}\p{N}]|\s/gu) ?? [];
}

const learnt =
  'The cat sat on the mat. The little girl went to the park with her mother and her father. ' +
  'She was happy because she had a new toy to play with';

/** Log-probability of a word by how often it was said before, and whether it follows the last one in what was learnt; in nats. */
export function toyLogprob(before: readonly string[], token: string): number {
  const said = before.filter((word) => word === token).length;
  const follows = learnt.includes(`${before.at(-1) ?? '?'}${token}`) ? 2 : 0;
  return Math.log((said + follows + 0.01) / (before.length + 10));
}

/** Starts a server on a free port of this machine. */
export async function startTestEndpoint(options: TestEndpointOptions = {}): Promise<TestEndpoint> {
  const seen: SeenRequest[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  let underWay = 0;
  let most = 0;
  const server = createServer(async (incoming, response) => {
    underWay += 1;
    most = Math.max(most, underWay);
    response.on('close', () => {
      underWay -= 1;
    });
    const text = await readAll(incoming);
    const body = text === '' ? {} : JSON.parse(text);
    const path = incoming.url ?? '';
    const repeat = seen.filter((one) => JSON.stringify(one.body) === text && one.path === path).length;
    const request = { path, body, headers: incoming.headers, repeat };
    seen.push(request);
    if (options.latencyMs) await sleep(options.latencyMs);
    if (await options.misbehave?.(request, response)) return;
    answer(request, response, options);
  });
  server.on('connection', (socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    seen,
    mostAtOnce: () => most,
    connections: () => connections,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Sends a status with a body. */
export function reply(response: ServerResponse, status: number, body: string, headers = {}): boolean {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  return true;
}

/** The question in a request, whichever the API. */
export function questionOf({ body }: Pick<SeenRequest, 'body'>): string {
  const messages = body.messages as { content: string }[] | undefined;
  return String(messages?.at(-1)?.content ?? body.prompt);
}

function answer(request: SeenRequest, response: ServerResponse, options: TestEndpointOptions): void {
  const { path, body } = request;
  if (path === '/v1/models') {
    const data = [{ id: 'toy', object: 'model', owned_by: 'tests', max_model_len: 4096 }];
    reply(response, 200, JSON.stringify({ object: 'list', data }));
  } else if (path === '/v1/chat/completions' && options.chat !== false) {
    if (options.modern && !body.stream) reply(response, 200, JSON.stringify(plainAnswer(body)));
    else generate(request, response, options);
  } else if (path !== '/v1/completions') reply(response, 404, JSON.stringify({ detail: 'Not Found' }));
  else if (body.echo === true) reply(response, 200, JSON.stringify(echo(body, options)));
  else generate(request, response, options);
}

// In one piece: an object where a schema is wanted, else a word with two alternatives.
function plainAnswer(body: SeenRequest['body']): unknown {
  const content = body.response_format === undefined ? 'the' : '{"n": 7}';
  const top_logprobs = [
    { token: 'the', logprob: -0.1 },
    { token: 'a', logprob: -2.3 },
  ];
  const logprobs = body.logprobs ? { content: [{ token: 'the', logprob: -0.1, top_logprobs }] } : null;
  return {
    choices: [{ index: 0, message: { role: 'assistant', content }, logprobs, finish_reason: 'stop' }],
  };
}

// Says the words of the question backwards.
function generate(request: SeenRequest, response: ServerResponse, options: TestEndpointOptions): void {
  const { body, path } = request;
  const words = toyTokens(questionOf(request)).toReversed();
  const limit = Number(body.max_tokens ?? body.max_completion_tokens);
  const pieces = words.slice(0, limit);
  const chat = path.includes('chat');
  const choice = (piece: string, finish: string | null) =>
    chat
      ? { index: 0, delta: { content: piece }, finish_reason: finish }
      : { index: 0, text: piece, finish_reason: finish };
  const finish = words.length > limit ? 'length' : 'stop';
  const send = (event: unknown) => response.write(`data: ${JSON.stringify(event)}\n\n`);
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  for (const [index, piece] of pieces.entries()) {
    send({ choices: [choice(piece, index === pieces.length - 1 ? finish : null)] });
  }
  if (pieces.length === 0) send({ choices: [choice('', 'stop')] });
  if (options.usage !== false && body.stream_options) {
    send({ choices: [], usage: { prompt_tokens: words.length + 1, completion_tokens: pieces.length } });
  }
  response.end('data: [DONE]\n\n');
}

function echo(body: SeenRequest['body'], { echo: form = 'prompt', bos }: TestEndpointOptions): unknown {
  const prompt = toyTokens(String(body.prompt));
  const whole = [...(bos === undefined ? [] : [bos]), ...prompt];
  const said = mostSaid(whole);
  const tokens = form === 'prompt' ? [...whole, said] : [said];
  const before = form === 'prompt' ? [] : whole;
  let offset = 0;
  const text_offset = tokens.map((token) => {
    const start = offset;
    offset += [...token].length;
    return start;
  });
  const logprobs = tokens.map((token, index) => {
    const context = [...before, ...tokens.slice(0, index)];
    return context.length === 0 ? null : toyLogprob(context, token);
  });
  const top_logprobs = tokens.map((_, index) => {
    const context = [...before, ...tokens.slice(0, index)];
    const best = mostSaid(context);
    return context.length === 0 ? null : { [best]: toyLogprob(context, best) };
  });
  const choice = {
    index: 0,
    text: tokens.join(''),
    logprobs: { tokens, token_logprobs: logprobs, text_offset, top_logprobs },
    finish_reason: 'length',
  };
  return { choices: [choice], usage: { prompt_tokens: whole.length, completion_tokens: 1 } };
}

function mostSaid(words: readonly string[]): string {
  const count = (word: string) => words.filter((one) => one === word).length;
  return words.reduce((best, word) => (count(word) > count(best) ? word : best), words[0] ?? 'the');
}

async function readAll(incoming: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of incoming.setEncoding('utf8')) text += chunk;
  return text;
}
