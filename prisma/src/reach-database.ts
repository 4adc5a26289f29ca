// Whether the database that DATABASE_URL names lets us in, and if not, one sentence that says why.
import { setTimeout as sleep } from 'node:timers/promises';
import { BancadaError } from '@bancada/core/errors';
import pg from 'pg';

const answerWithinMs = 10_000;
const againMs = 250;
const form = 'postgresql://user:password@host:port/database';

interface Refusal {
  readonly code: string | undefined;
  readonly said: string;
}

// A server that is starting, stopping, or has no connection left: another moment may be right.
const passing = new Set(['ECONNREFUSED', 'ECONNRESET', 'EAI_AGAIN', '57P01', '57P03', '53300']);

/**
 * Connects once and leaves. `patienceMs` is how long a server may take that is only starting; what is wrong for good ends at once.
 * @throws BancadaError STORE_FAILED naming DATABASE_URL without its password, what the server said, and what would be right.
 */
export async function reachDatabase(url: string, patienceMs = 0): Promise<void> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const refusal = await connect(url);
    if (refusal === undefined) return;
    const { code, said } = refusal;
    if (!passing.has(code ?? '') || performance.now() > deadline) {
      throw new BancadaError('STORE_FAILED', `the database cannot be reached: ${said}`, {
        key: 'DATABASE_URL',
        value: maskedAddress(url),
        allowed: remedy(code, url),
      });
    }
    await sleep(againMs);
  }
}

/** An address without the password that it may hold; one that cannot be read is not shown at all. */
export function maskedAddress(url: string): string {
  if (!URL.canParse(url)) return '(hidden)';
  const address = new URL(url);
  if (address.password !== '') address.password = '***';
  for (const name of address.searchParams.keys()) {
    if (/password/i.test(name)) address.searchParams.set(name, '***');
  }
  return address.href;
}

async function connect(url: string): Promise<Refusal | undefined> {
  let client: pg.Client | undefined;
  try {
    client = new pg.Client({ connectionString: url, connectionTimeoutMillis: answerWithinMs });
    client.on('error', () => undefined);
    await client.connect();
    return undefined;
  } catch (thrown) {
    return refusalOf(thrown);
  } finally {
    await client?.end().catch(() => undefined);
  }
}

// A name with several addresses fails with an error for each, and no words of its own.
function refusalOf(thrown: unknown): Refusal {
  const errors: unknown[] = thrown instanceof AggregateError ? thrown.errors : [thrown];
  const said = errors.map((error) => (error instanceof Error ? error.message : String(error)));
  const [code] = errors.flatMap((error) =>
    error instanceof Error && 'code' in error && typeof error.code === 'string' ? [error.code] : [],
  );
  return { code, said: said.join(', ') };
}

function remedy(code: string | undefined, url: string): string {
  const name = URL.canParse(url) ? decodeURIComponent(new URL(url).pathname.slice(1)) : '';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `a host that this machine can look up, ${form}`;
  if (code === '28P01' || code === '28000') return `a user and password that the server takes, ${form}`;
  if (code === '3D000') return `a database that is there (createdb ${name} makes this one), ${form}`;
  return `the address of a Postgres server that runs, ${form}`;
}
