// Hears the notices of other processes over one connection, and connects again by itself.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { decode, type Notice, noticeChannel } from './notice.ts';

/** A listening connection. */
export interface Listener {
  /** Gives the connection back; no notice comes after. */
  stop(): Promise<void>;
}

// Milliseconds between attempts to connect: the first at once, then longer and longer.
const delays = [0, 100, 250, 500, 1000, 2000];

/**
 * Calls `onNotice` for each notice, in the order of the commits. Resolves once it listens. When the connection breaks it is made again,
 * for as long as it takes, and `{type: 'reconnected'}` tells that notices may have been lost in between.
 * @throws what the first connection fails with.
 */
export async function listen(pool: Pool, onNotice: (notice: Notice) => void): Promise<Listener> {
  const stopped = new AbortController();
  let client = await connect();

  async function connect(): Promise<PoolClient> {
    const fresh = await pool.connect();
    try {
      fresh.on('notification', ({ channel, payload }) => {
        const notice = channel === noticeChannel && payload !== undefined ? decode(payload) : undefined;
        if (notice && !stopped.signal.aborted) onNotice(notice);
      });
      fresh.once('error', (error) => {
        fresh.release(error);
        reconnect().catch(() => {});
      });
      await fresh.query(`listen ${noticeChannel}`);
      return fresh;
    } catch (error) {
      fresh.removeAllListeners('error');
      fresh.release(true);
      throw error;
    }
  }

  async function reconnect(): Promise<void> {
    for (let attempt = 0; !stopped.signal.aborted; attempt += 1) {
      await sleep(delays[Math.min(attempt, delays.length - 1)], undefined, { signal: stopped.signal });
      try {
        client = await connect();
        onNotice({ type: 'reconnected' });
        return;
      } catch {
        // The server is not back yet.
      }
    }
  }

  return {
    async stop() {
      if (stopped.signal.aborted) return;
      stopped.abort();
      client.removeAllListeners('error');
      client.on('error', () => {});
      client.removeAllListeners('notification');
      client.release(true);
    },
  };
}
