// What every resolver and REST handler may reach.
import type { PrismaClient, SharedEnvironment } from '@bancada/prisma';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { EventHub } from './event-hub.ts';
import type { Telemetry } from './telemetry.ts';

/** Everything that lives as long as the process. */
export interface Services extends SharedEnvironment {
  readonly prisma: PrismaClient;
  readonly pool: Pool;
  /** Folders searched for names, the user's first. */
  readonly homes: readonly string[];
  readonly indexDirectory: string;
  readonly secret: (name: string) => string | undefined;
  readonly hub: EventHub;
  readonly telemetry: Telemetry;
  readonly log: Logger;
  /** Of one uploaded file, unpacked, in bytes: `BANCADA_UPLOAD_LIMIT`. */
  readonly uploadLimit: number;
  readonly authEnabled: boolean;
  /** Most runs of one user that wait or run at a time; undefined for any number. */
  readonly runsPerUser: number | undefined;
  readonly version: string;
}

/** Who asks. */
export interface Viewer {
  /** Of the user; undefined for the local one. */
  readonly id?: string | undefined;
  readonly name: string;
  readonly role: 'viewer' | 'member' | 'admin';
}

/** What GraphQL resolvers get: the services, and who asks. */
export interface Context extends Services {
  readonly viewer: Viewer;
}

/** The one user of an open bench. */
export const localViewer: Viewer = { name: 'local', role: 'admin' };
