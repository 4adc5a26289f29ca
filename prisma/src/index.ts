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
  Notification,
  NotificationPreference,
  PrismaClient,
  Prompt,
  PromptVersion,
  PushSubscription,
  Run,
  RunEvent,
  Sample,
  Schedule,
  ScheduledTime,
  Score,
  Session,
  Suite,
  SuiteVersion,
  Task,
  TaskVersion,
  User,
  Webhook,
  WebhookDelivery,
  Worker,
} from '../generated/client.ts';
export {
  DeliveryStatus,
  EvaluationStatus,
  ImportStatus,
  MissedTimes,
  NotificationKind,
  Prisma,
  Role,
  RunStatus,
  SampleOutcome,
  ScheduledOutcome,
} from '../generated/client.ts';
export {
  type ActivityEntry,
  type ActivityKind,
  appendActivity,
  type NewActivity,
  replayActivity,
} from './activity.ts';
export { createPrismaClient } from './client.ts';
export { cursorRows } from './cursor-rows.ts';
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
export { homesWithLibrary, type Library, libraryOf, withDatasets, withTask } from './library.ts';
export { type Listener, listen } from './listen.ts';
export { type Migrated, migrate } from './migrate.ts';
export type { ModelDownload } from './model-download.ts';
export { insertRun, type NewRun, planKey } from './new-run.ts';
export { type Notice, noticeChannel, notify, type SentNotice } from './notice.ts';
export type { NoticeParameters, ToldGate, ToldScore } from './notice-parameters.ts';
export {
  addDelivery,
  eventNames,
  type NewNotification,
  ownerOf,
  raiseNotification,
  secretPurposes,
  webhookTries,
} from './notifications.ts';
export type { PauseReason } from './pause-reason.ts';
export {
  appendPieces,
  leavePlayground,
  type NumberedPiece,
  type PlaygroundPiece,
  type PlaygroundRequest,
  readPieces,
} from './playground.ts';
export { createPool, type PoolOptions } from './pool.ts';
export { PostgresReader } from './postgres-reader.ts';
export {
  type DatasetDraft,
  type DraftSplit,
  type PublishedDataset,
  publishDataset,
  type SplitFacts,
} from './publish-dataset.ts';
export { type PushKeys, publicPushKey, pushKeys } from './push-key.ts';
export { maskedAddress, reachDatabase } from './reach-database.ts';
export {
  countPrunable,
  defaultRetention,
  pruneByRules,
  type RetentionCounts,
  type RetentionRuleValue,
  type RetentionSubject,
  readRetention,
  retentionSubjects,
} from './retention.ts';
export { runsAtLimit } from './run-limit.ts';
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
export {
  type CronTimes,
  checkTimes,
  cronForm,
  nextTimes,
  passedTimes,
} from './schedule-times.ts';
export { SecretBox } from './secret-box.ts';
export { endpointKeyName, secretLookup } from './secret-lookup.ts';
export { type Seeded, seed } from './seed.ts';
export { givenVariables, readSharedEnvironment, type SharedEnvironment } from './shared-environment.ts';
export { query, type Sql } from './sql.ts';
export { countRunEnd, readTelemetry, TelemetryBatch, type TelemetrySeriesRow } from './telemetry.ts';
export { type StoredMetric, type StoredMetricName, storedMetrics } from './telemetry-metrics.ts';
export { createTestDatabase, type TestDatabase } from './test-database.ts';
