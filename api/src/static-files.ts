// The dashboard's files: hashed ones are kept forever, unknown paths get the shell, everything carries the policy.
import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import compression from 'compression';
import sirv from 'sirv';

/** Sent with every answer: no script but our own files, no frame, no guessing of types. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self' ws: wss:; worker-src 'self'; manifest-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
};

// Names with a hash in them: `q-Dk3x9_aB.js`, `index-BxZ81a2c.css`.
const hashed = /[-.][\w-]{8,}\.(?:js|mjs|css|woff2|svg|png|webp)$/;

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** Serves a folder; `.br` and `.gz` beside a file are sent where the browser takes them, other text is compressed on the fly. */
export function staticFiles(directory: string): Handler {
  if (!existsSync(directory)) return notBuilt;
  const serve = sirv(directory, {
    single: true,
    brotli: true,
    gzip: true,
    etag: true,
    setHeaders(response, pathname) {
      const forever = hashed.test(pathname) && !pathname.includes('service-worker');
      response.setHeader('cache-control', forever ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  const compress = compression();
  return (request, response) => {
    // Types that Express adds to these are not used.
    compress(request as never, response as never, () =>
      serve(request, response, () => {
        response.writeHead(404).end();
      }),
    );
  };
}

function notBuilt(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(503, { 'content-type': 'text/plain; charset=utf-8' });
  response.end('The dashboard is not built yet; GraphQL is at /graphql and REST at /api/v1.\n');
}
