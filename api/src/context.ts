// What every resolver and REST handler may reach.
import type { SecretLookup } from '@bancada/core';
import type { PrismaClient, SharedEnvironment } from '@bancada/prisma';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Caller } from './auth/caller.ts';
import type { Viewer } from './auth/viewer.ts';
import type { EventHub } from './event-hub.ts';
import type { Telemetry } from './telemetry.ts';

/** Everything that lives as long as the process. */
export interface Services extends SharedEnvironment {
  readonly prisma: PrismaClient;
  readonly pool: Pool;
  /** Folders searched for names, the user's first. */
  readonly homes: readonly string[];
  readonly indexDirectory: string;
  /** For the models of a run: variables, and the keys that are kept for endpoints. */
  readonly secret: SecretLookup;
  readonly hub: EventHub;
  readonly telemetry: Telemetry;
  readonly log: Logger;
  /** Of one uploaded data file, unpacked, or model, in bytes: `BANCADA_UPLOAD_LIMIT`. */
  readonly uploadLimit: number;
  readonly authEnabled: boolean;
  /** Most runs of one user that wait or run at a time; undefined for any number. */
  readonly runsPerUser: number | undefined;
  readonly version: string;
}

/** What GraphQL resolvers get: the services, who asks, and from where. */
export interface Context extends Services {
  readonly viewer: Viewer;
  readonly caller: Caller;
}
