// RFC 9457: what went wrong, as `application/problem+json`.
import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** Thrown by handlers; becomes the answer. */
export class Problem extends Error {
  readonly status: number;
  readonly members: Readonly<Record<string, unknown>>;

  /** `members` are added to the document, e.g. `issues`. */
  constructor(status: number, detail: string, members: Readonly<Record<string, unknown>> = {}) {
    super(detail);
    this.name = 'Problem';
    this.status = status;
    this.members = members;
  }
}

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  409: 'Conflict',
  410: 'Gone',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  421: 'Misdirected Request',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
  507: 'Insufficient Storage',
};

/** What a status is called. */
export function statusTitle(status: number): string {
  return titles[status] ?? 'Error';
}

/** Answers with the problem. */
export function sendProblem(response: ServerResponse, problem: Problem): void {
  const { status } = problem;
  response.writeHead(status, {
    'content-type': 'application/problem+json',
    ...(status === 413 || !response.req.complete ? { connection: 'close' } : {}),
  });
  response.end(documentOf(problem));
}

/** The same on the bare connection of a request that wanted a WebSocket. */
export function refuseUpgrade(socket: Duplex, problem: Problem): void {
  const { status } = problem;
  const body = documentOf(problem);
  socket.end(
    [
      `HTTP/1.1 ${status} ${statusTitle(status)}`,
      'Connection: close',
      'Content-Type: application/problem+json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
  );
}

function documentOf({ status, message, members }: Problem): string {
  const body = { type: 'about:blank', title: statusTitle(status), status, detail: message, ...members };
  return JSON.stringify(body);
}
