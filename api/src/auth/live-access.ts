// Ends open answers and sockets whose session or token has ended: sign-out, revocation, expiry, another role.
import type { Pool } from 'pg';
import type { Viewer } from './viewer.ts';

interface Watched {
  readonly viewer: Viewer;
  readonly end: () => void;
  readonly since: number;
}

const lookEveryMs = 2_000;
// An answer that is on its way out is not cut off: signOut's own, for one.
const youngMs = 1_000;

const validSql = `
  select s.id, lower(u.role::text) as role from "Session" s join "User" u on u.id = s."userId"
  where s.id = any($1::uuid[]) and s."expiresAt" > now()
  union all
  select t.id, lower(u.role::text) from "ApiToken" t join "User" u on u.id = t."userId"
  where t.id = any($1::uuid[]) and t."expiresAt" > now()`;

/** One look at the database every two seconds while anything is open, however many there are. */
export class LiveAccess {
  readonly #pool: Pool;
  readonly #watched = new Set<Watched>();
  readonly #timer: NodeJS.Timeout;
  #looking = false;

  constructor(pool: Pool) {
    this.#pool = pool;
    this.#timer = setInterval(() => this.#look(), lookEveryMs).unref();
  }

  /** Calls `end` once when the viewer's access ends. @returns what stops the watch. */
  watch(viewer: Viewer, end: () => void): () => void {
    const { type } = viewer.credential;
    if (type === 'local' || type === 'nobody') return () => undefined;
    const entry = { viewer, end, since: performance.now() };
    this.#watched.add(entry);
    return () => this.#watched.delete(entry);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    const old = [...this.#watched].filter(({ since }) => performance.now() - since > youngMs);
    if (old.length === 0 || this.#looking) return;
    this.#looking = true;
    try {
      const { rows } = await this.#pool.query<{ id: string; role: string }>(validSql, [
        [...new Set(old.map(credentialId))],
      ]);
      const roles = new Map(rows.map(({ id, role }) => [id, role]));
      for (const entry of old) {
        if (roles.get(credentialId(entry)) === entry.viewer.role || !this.#watched.delete(entry)) continue;
        entry.end();
      }
    } catch {
      // The database is away; the next look asks again.
    } finally {
      this.#looking = false;
    }
  }
}

function credentialId({ viewer: { credential } }: Watched): string {
  return 'id' in credential ? credential.id : '';
}
