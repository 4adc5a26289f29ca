// A server that speaks the hub's HTTP interface over files in memory, with its faults on demand: for tests.
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a repository holds at its one commit. */
export interface TestRepository {
  readonly type: 'model' | 'dataset';
  readonly name: string;
  /** Content by path. */
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  /** Revisions that stand for this commit; `main` by default. */
  readonly revisions?: readonly string[];
  /** Only whoever sends this token may read it. */
  readonly token?: string;
}

/** How the next request for a path fails. */
export type TestFault =
  | { readonly type: 'status'; readonly status: number; readonly retryAfter?: number }
  /** The connection breaks after so many bytes. */
  | { readonly type: 'cut'; readonly bytes: number }
  | { readonly type: 'wrong bytes' }
  | { readonly type: 'redirect'; readonly to: string };

/** A request as the server saw it. */
export interface TestRequest {
  readonly host: 'hub' | 'cdn';
  readonly path: string;
  readonly range: string | undefined;
  readonly authorization: string | undefined;
}

/** A running hub. */
export interface TestHub {
  /** For `HF_ENDPOINT`. */
  readonly endpoint: string;
  readonly requests: readonly TestRequest[];
  /** The commit of a repository, 40 hexadecimal digits. */
  commitOf(repository: TestRepository): string;
  /** Adds one, or replaces it with new content under the same name. */
  put(repository: TestRepository): void;
  /** The next requests whose path ends so fail, one after the other. */
  fail(pathEnd: string, ...faults: readonly TestFault[]): void;
  /** Milliseconds between pieces of 64 kB that large files are sent in; 0 sends them at once. */
  slowDown(delayMs: number): void;
  close(): Promise<void>;
}

// As the real one: small files come from the hub itself, large ones from elsewhere.
const largeBytes = 1024;
const pageSize = 2;

/** Starts one on a free port of 127.0.0.1; files of 1 kB and more come from a second server, `localhost` on another port. */
export async function startTestHub(repositories: readonly TestRepository[]): Promise<TestHub> {
  const state = new TestHubState();
  for (const repository of repositories) state.repositories.push(repository);
  const cdn = createServer((request, response) => state.answerCdn(request, response));
  const hub = createServer((request, response) => state.answerHub(request, response));
  state.cdnAddress = `http://localhost:${await listen(cdn)}`;
  state.endpoint = `http://127.0.0.1:${await listen(hub)}`;
  return {
    endpoint: state.endpoint,
    requests: state.requests,
    commitOf,
    put: (repository) => state.put(repository),
    fail: (pathEnd, ...faults) => state.faults.push(...faults.map((fault) => ({ pathEnd, fault }))),
    slowDown: (delayMs) => {
      state.delayMs = delayMs;
    },
    async close() {
      for (const server of [hub, cdn]) {
        const closed = new Promise((resolve) => server.close(resolve));
        server.closeAllConnections();
        await closed;
      }
    },
  };
}

class TestHubState {
  readonly repositories: TestRepository[] = [];
  readonly requests: TestRequest[] = [];
  readonly faults: { readonly pathEnd: string; readonly fault: TestFault }[] = [];
  endpoint = '';
  cdnAddress = '';
  delayMs = 0;

  put(repository: TestRepository): void {
    const same = (one: TestRepository) =>
      one.name === repository.name && String(one.revisions) === String(repository.revisions);
    const index = this.repositories.findIndex(same);
    if (index >= 0) this.repositories.splice(index, 1, repository);
    else this.repositories.push(repository);
  }

  answerHub(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', this.endpoint);
    if (this.#begin('hub', url.pathname, request, response)) return;
    const api = /^\/api\/(model|dataset)s\/(.+?)\/(revision|tree)\/([^/]+)$/.exec(url.pathname);
    const file = /^\/(datasets\/)?([^/]+\/[^/]+)\/resolve\/([^/]+)\/(.+)$/.exec(url.pathname);
    const [type, name, revision] = api
      ? [api[1], api[2], decodeURIComponent(api[4] ?? '')]
      : [file?.[1] ? 'dataset' : 'model', file?.[2], decodeURIComponent(file?.[3] ?? '')];
    const found = this.#find(type, name, revision);
    const { authorization } = request.headers;
    if (found === undefined) answer(response, 404, { error: 'Repository not found' });
    else if (found.token !== undefined && authorization !== `Bearer ${found.token}`)
      answer(response, 401, { error: 'Access to this repository is restricted' });
    else if (api?.[3] === 'revision') answer(response, 200, { id: name, sha: commitOf(found) });
    else if (api) this.#list(found, url, response);
    else this.#sendFile(found, decodeURIComponent(file?.[4] ?? ''), request, response);
  }

  answerCdn(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', this.cdnAddress);
    const [, sha256 = '', ...rest] = url.pathname.split('/');
    const fault = this.#begin('cdn', rest.join('/'), request, response);
    if (fault) return;
    const contents = this.repositories.flatMap(({ files }) => Object.values(files).map(bytesOf));
    const content = contents.find((bytes) => hash('sha256', bytes) === sha256);
    if (content) this.#send(content, request, response);
    else answer(response, 404, {});
  }

  /** Keeps the request; true when a fault has answered it. */
  #begin(host: 'hub' | 'cdn', path: string, request: IncomingMessage, response: ServerResponse): boolean {
    const { range, authorization } = request.headers;
    this.requests.push({ host, path, range, authorization });
    const next = this.faults.findIndex(({ pathEnd, fault }) => path.endsWith(pathEnd) && takes(fault, host));
    if (next < 0) return false;
    const [taken] = this.faults.splice(next, 1);
    const fault = taken?.fault;
    if (fault?.type === 'status') {
      if (fault.retryAfter !== undefined) response.setHeader('retry-after', fault.retryAfter);
      answer(response, fault.status, { error: 'not now' });
      return true;
    }
    if (fault?.type === 'redirect') {
      response.writeHead(302, { location: fault.to }).end();
      return true;
    }
    Object.assign(response, { fault });
    return false;
  }

  #find(type: string | undefined, name: string | undefined, revision: string): TestRepository | undefined {
    return this.repositories.find(
      (one) =>
        one.type === type &&
        one.name === name &&
        (commitOf(one) === revision || (one.revisions ?? ['main']).includes(revision)),
    );
  }

  #list(repository: TestRepository, url: URL, response: ServerResponse): void {
    const start = Number(url.searchParams.get('cursor') ?? 0);
    const entries = Object.entries(repository.files);
    if (start + pageSize < entries.length) {
      url.searchParams.set('cursor', String(start + pageSize));
      response.setHeader('link', `<${url.href}>; rel="next"`);
    }
    const page = entries.slice(start, start + pageSize).map(([path, content]) => describe(path, content));
    answer(response, 200, page);
  }

  #sendFile(
    repository: TestRepository,
    path: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): void {
    const content = repository.files[path];
    const bytes = bytesOf(content ?? '');
    if (content === undefined) answer(response, 404, { error: 'Entry not found' });
    else if (bytes.byteLength < largeBytes) this.#send(bytes, request, response);
    else response.writeHead(302, { location: `${this.cdnAddress}/${hash('sha256', bytes)}/${path}` }).end();
  }

  #send(content: Uint8Array, request: IncomingMessage, response: ServerResponse): void {
    const { fault } = response as ServerResponse & { fault?: TestFault };
    const start = Number(/^bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const whole = content.byteLength;
    const part = content.slice(start);
    if (fault?.type === 'wrong bytes') part.fill(46);
    response.writeHead(start > 0 ? 206 : 200, {
      'content-length': part.byteLength,
      'accept-ranges': 'bytes',
      ...(start > 0 && { 'content-range': `bytes ${start}-${whole - 1}/${whole}` }),
    });
    if (fault?.type === 'cut') {
      response.write(part.slice(0, fault.bytes), () => setTimeout(() => response.destroy(), 20));
      return;
    }
    if (this.delayMs === 0) response.end(part);
    else this.#sendSlowly(part, response);
  }

  #sendSlowly(content: Uint8Array, response: ServerResponse): void {
    response.write(content.slice(0, 1 << 16));
    const rest = content.slice(1 << 16);
    if (rest.byteLength === 0 || response.destroyed) response.end();
    else setTimeout(() => this.#sendSlowly(rest, response), this.delayMs);
  }
}

/** What becomes of bytes is for whoever sends them: a large file's fault waits for the second server. */
function takes(fault: TestFault, host: 'hub' | 'cdn'): boolean {
  return host === 'cdn' || fault.type === 'status' || fault.type === 'redirect';
}

function describe(path: string, content: string | Uint8Array): Record<string, unknown> {
  const bytes = bytesOf(content);
  const size = bytes.byteLength;
  if (size >= largeBytes) {
    const lfs = { oid: hash('sha256', bytes), size, pointerSize: 130 };
    return { type: 'file', path, size, oid: hash('sha1', Buffer.from(lfs.oid)), lfs };
  }
  const blob = Buffer.concat([Buffer.from(`blob ${size}\0`), bytes]);
  return { type: 'file', path, size, oid: hash('sha1', blob) };
}

function commitOf({ name, files, revisions }: TestRepository): string {
  const hashes = Object.entries(files).map(
    ([path, content]) => `${path} ${hash('sha256', bytesOf(content))}`,
  );
  return hash('sha1', Buffer.from([name, revisions, ...hashes].join('\n')));
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content) : content;
}

function hash(algorithm: 'sha1' | 'sha256', bytes: Uint8Array): string {
  return createHash(algorithm).update(bytes).digest('hex');
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
