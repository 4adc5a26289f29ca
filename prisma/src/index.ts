// What api and worker share through Postgres: every name written out.

export type {
  Activity,
  ApiToken,
  AuditEvent,
  Dataset,
  DatasetImport,
  DatasetVersion,
  Endpoint,
  Evaluation,
  HardwareSample,
  LogLine,
  MetricValue,
  Model,
  PrismaClient,
  Prompt,
  PromptVersion,
  Run,
  RunEvent,
  Sample,
  Score,
  Session,
  Suite,
  SuiteVersion,
  Task,
  TaskVersion,
  User,
  Worker,
} from '../generated/client.ts';
export {
  EvaluationStatus,
  ImportStatus,
  Prisma,
  Role,
  RunStatus,
  SampleOutcome,
} from '../generated/client.ts';
export {
  type ActivityEntry,
  type ActivityKind,
  appendActivity,
  type NewActivity,
  replayActivity,
} from './activity.ts';
export { createPrismaClient } from './client.ts';
export {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from './embedded-postgres.ts';
export { appendEvents, replay, type StatusEvent, type StoredEvent, type StreamEvent } from './events.ts';
export {
  type EnqueueOptions,
  enqueue,
  forbiddenFlags,
  type JobName,
  type JobPayloads,
  jobNames,
  labelFlag,
} from './jobs.ts';
export { homesWithLibrary, type Library, libraryOf } from './library.ts';
export { type Listener, listen } from './listen.ts';
export { type Migrated, migrate } from './migrate.ts';
export type { ModelDownload } from './model-download.ts';
export { type Notice, noticeChannel, notify, type SentNotice } from './notice.ts';
export {
  appendPieces,
  leavePlayground,
  type NumberedPiece,
  type PlaygroundPiece,
  type PlaygroundRequest,
  readPieces,
} from './playground.ts';
export { createPool, type PoolOptions } from './pool.ts';
export {
  type DatasetDraft,
  type DraftSplit,
  type PublishedDataset,
  publishDataset,
  type SplitFacts,
} from './publish-dataset.ts';
export {
  countSamples,
  listSamples,
  type SampleFilter,
  type SamplePage,
  type SamplePageOptions,
  type SamplePosition,
  type SampleSort,
} from './samples-read.ts';
export { insertSamples } from './samples-write.ts';
export { SecretBox } from './secret-box.ts';
export { endpointKeyName, secretLookup } from './secret-lookup.ts';
export { type Seeded, seed } from './seed.ts';
export { givenVariables, readSharedEnvironment, type SharedEnvironment } from './shared-environment.ts';
export { query, type Sql } from './sql.ts';
export { countRunEnd, readTelemetry, TelemetryBatch, type TelemetrySeriesRow } from './telemetry.ts';
export { type StoredMetric, type StoredMetricName, storedMetrics } from './telemetry-metrics.ts';
export { createTestDatabase, type TestDatabase } from './test-database.ts';
