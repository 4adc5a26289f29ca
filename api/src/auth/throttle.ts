// Wrong sign-ins are counted by account and by address, before the password is looked at: many at once count as many.
import { isIPv6 } from 'node:net';
import type { Pool } from 'pg';
import { digest } from './digest.ts';

/** Wrong sign-ins that an account or an address may have in a window. */
export const attemptsAllowed = 20;
const windowSeconds = 15 * 60;

const countSql = `
  insert into "SignInAttempt" as a (key, count, since) select key, 1, now() from unnest($1::text[]) key order by key
  on conflict (key) do update set
    count = case when a.since < now() - make_interval(secs => $2) then 1 else a.count + 1 end,
    since = case when a.since < now() - make_interval(secs => $2) then now() else a.since end
  returning count, extract(epoch from a.since + make_interval(secs => $2) - now())::int as "secondsLeft"`;

/** Counts an attempt. @returns seconds to wait when there were too many, else undefined. */
export async function countAttempt(pool: Pool, name: string, address: string): Promise<number | undefined> {
  const { rows } = await pool.query<{ count: number; secondsLeft: number }>(countSql, [
    [accountKey(name), addressKey(address)].sort(),
    windowSeconds,
  ]);
  const over = rows.filter(({ count }) => count > attemptsAllowed);
  return over.length === 0 ? undefined : Math.max(1, ...over.map(({ secondsLeft }) => secondsLeft));
}

/** The attempt was right: it does not count, and the account begins anew. */
export async function forgiveAttempt(pool: Pool, name: string, address: string): Promise<void> {
  await pool.query(
    'delete from "SignInAttempt" where key = $1 or since < now() - make_interval(secs => $2)',
    [accountKey(name), windowSeconds],
  );
  await pool.query('update "SignInAttempt" set count = greatest(count - 1, 0) where key = $1', [
    addressKey(address),
  ]);
}

// Names are hashed: somebody may have typed a password there.
function accountKey(name: string): string {
  return `account:${digest(name)}`;
}

// Whoever has one IPv6 address has its /64.
function addressKey(address: string): string {
  if (!isIPv6(address)) return `address:${address}`;
  const [head = '', tail = ''] = address.toLowerCase().split('::');
  const groups = head.split(':').filter(Boolean);
  const missing = 8 - groups.length - tail.split(':').filter(Boolean).length;
  const whole = address.includes('::')
    ? [...groups, ...Array(missing).fill('0'), ...tail.split(':')]
    : groups;
  return `address:${whole.slice(0, 4).join(':')}`;
}
