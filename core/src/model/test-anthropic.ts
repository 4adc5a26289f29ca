// A real HTTP server for tests that speaks Anthropic's Messages API as documented, and misbehaves on demand.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as it arrived. */
export interface SeenMessage {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Record<string, unknown>;
}

/** A running server. */
export interface TestAnthropic extends AsyncDisposable {
  /** Up to and with `/v1`. */
  readonly url: string;
  readonly seen: SeenMessage[];
}

/** Answers in the server's stead; false leaves it to the server. */
export type AnthropicMisbehaviour = (seen: readonly SeenMessage[], response: ServerResponse) => boolean;

/** Knows one model, `claude-test`, which says the words of the question backwards, one an event; wants the key `key`. */
export async function startTestAnthropic(
  key: string,
  misbehave: AnthropicMisbehaviour = () => false,
): Promise<TestAnthropic> {
  const seen: SeenMessage[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request.setEncoding('utf8')) text += chunk;
    const message = {
      path: request.url ?? '',
      headers: request.headers,
      body: text === '' ? {} : JSON.parse(text),
    };
    seen.push(message);
    if (misbehave(seen, response)) return;
    if (request.headers['x-api-key'] !== key) return refuse(response, 401, 'authentication_error');
    if (request.headers['anthropic-version'] === undefined)
      return refuse(response, 400, 'invalid_request_error');
    if (message.path === '/v1/models') {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({
          data: [{ type: 'model', id: 'claude-test', display_name: 'Test' }],
          has_more: false,
        }),
      );
    } else if (message.body.model !== 'claude-test') refuse(response, 404, 'not_found_error');
    else answer(message.body, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    seen,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answer(body: Record<string, unknown>, response: ServerResponse): void {
  const messages = body.messages as { content: string }[];
  const words = (messages.at(-1)?.content ?? '').split(' ').toReversed();
  const limit = Number(body.max_tokens);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const send = (event: { type: string } & Record<string, unknown>) =>
    response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  const usage = { input_tokens: words.length, cache_read_input_tokens: 2, output_tokens: 1 };
  const message = { id: 'msg_1', type: 'message', role: 'assistant', content: [], stop_reason: null, usage };
  send({ type: 'message_start', message });
  send({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } });
  send({ type: 'ping' });
  for (const [index, word] of words.slice(0, limit).entries()) {
    const text = index === 0 ? word : ` ${word}`;
    send({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } });
  }
  send({ type: 'content_block_stop', index: 0 });
  const stop_reason = words.length > limit ? 'max_tokens' : 'end_turn';
  const output_tokens = Math.min(words.length, limit);
  send({ type: 'message_delta', delta: { stop_reason, stop_sequence: null }, usage: { output_tokens } });
  send({ type: 'message_stop' });
  response.end();
}

function refuse(response: ServerResponse, status: number, type: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ type: 'error', error: { type, message: `refused: ${type}` } }));
}
