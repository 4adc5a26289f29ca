// RFC 9457: what went wrong, as `application/problem+json`.
import type { ServerResponse } from 'node:http';

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
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** What a status is called. */
export function statusTitle(status: number): string {
  return titles[status] ?? 'Error';
}

/** Answers with the problem. */
export function sendProblem(response: ServerResponse, { status, message, members }: Problem): void {
  const body = { type: 'about:blank', title: statusTitle(status), status, detail: message, ...members };
  response.writeHead(status, {
    'content-type': 'application/problem+json',
    ...(status === 413 || !response.req.complete ? { connection: 'close' } : {}),
  });
  response.end(JSON.stringify(body));
}
