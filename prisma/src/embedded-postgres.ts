// The bundled Postgres server: started for a home, reused while it runs, recovered after a crash.

/** Where the server keeps its data, and who hears what it does. */
export interface EmbeddedPostgresOptions {
  /** Data go to `<home>/postgres`; the port is kept there, so that it stays the same. */
  readonly home: string;
  /** One line for each thing that takes time or went wrong. */
  readonly log?: ((line: string) => void) | undefined;
}

/** A running server. */
export interface EmbeddedPostgres {
  /** With user and password; the database `bancada` exists. */
  readonly url: string;
  /** Ends connections and shuts the server down. Safe to call twice. */
  stop(): Promise<void>;
}

/** @throws BancadaError when the folder cannot be used by the server's user, or the server does not start. */
export async function startEmbeddedPostgres(_options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  throw new Error('not there yet');
}
