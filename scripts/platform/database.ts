// The database of the system: the one that DATABASE_URL names, or the embedded one, watched and started again.
// By its own file: the whole package would keep Prisma's client in the memory of the process that watches.
import { startEmbeddedPostgres } from '../../prisma/src/embedded-postgres.ts';

/** A database that can be connected to. */
export interface SystemDatabase {
  readonly url: string;
  stop(): Promise<void>;
}

const watchEveryMs = 2_000;

/** @throws BancadaError when the embedded server cannot start. */
export async function openDatabase(
  url: string | undefined,
  home: string,
  log: (line: string) => void,
): Promise<SystemDatabase> {
  if (url !== undefined) return { url, stop: async () => undefined };
  const server = await startEmbeddedPostgres({ home, log });
  // The server may be killed like any process; starting is a matter of joining while it runs.
  let current = server;
  let checking: Promise<void> | undefined;
  const check = async () => {
    current = await startEmbeddedPostgres({ home, log });
  };
  const timer = setInterval(() => {
    checking ??= check()
      .catch((error: Error) => log(`database: ${error.message}`))
      .finally(() => {
        checking = undefined;
      });
  }, watchEveryMs);
  return {
    url: server.url,
    async stop() {
      clearInterval(timer);
      await checking;
      await current.stop();
    },
  };
}
