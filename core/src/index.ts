// The public face of the library: every name written out.

export { type Baseline, type JudgedRun, judgeBaselineGates } from './comparison/baseline-gates.ts';
export {
  type ComparisonOptions,
  type ComparisonRow,
  type ComparisonSide,
  compareSides,
  type Flip,
} from './comparison/comparison.ts';
export type { Dataset, Row, Split } from './dataset/dataset.ts';
export {
  type ColumnKind,
  type ColumnStatistics,
  mostDistinct,
  type NumberSummary,
} from './dataset/inspection/column-statistics.ts';
export type { Inspection } from './dataset/inspection/inspection.ts';
export {
  type ColumnDescription,
  describeColumns,
  type FileInspection,
  inspectFile,
} from './dataset/inspection/inspector.ts';
export { listDatasets } from './dataset/list.ts';
export { openDataFiles, openDataset } from './dataset/open.ts';
export { datasetExtensions, datasetSources } from './dataset/registry.ts';
export {
  checkDatasetName,
  checkSplitName,
  discardDataset,
  type NewSplit,
  newestVersion,
  type ShelvedFile,
  shelve,
} from './dataset/shelf.ts';
export { keptVersions } from './dataset/versions.ts';
export {
  BancadaError,
  BancadaErrors,
  type ErrorCode,
  type ErrorDetail,
  toError,
  unknownName,
} from './errors.ts';
export type { Exporter, ExportOptions } from './exporter/exporter.ts';
export { type ParquetColumn, type ParquetRow, parquetPieces } from './exporter/parquet-table.ts';
export { type ExporterName, exporters } from './exporter/registry.ts';
export {
  findHubDataset,
  type HubDatasetFiles,
  type HubDatasetRequest,
} from './hub/dataset-files.ts';
export type { Downloading } from './hub/download.ts';
export { type Hub, openHub } from './hub/hub.ts';
export type { HubOptions } from './hub/hub-options.ts';
export { type CacheBounds, type CacheSize, pruneHubCache, sizeOfHubCache } from './hub/prune-cache.ts';
export { checkRepository, checkRevision, type HubFile, type HubRepository } from './hub/repository.ts';
export { startTestHub, type TestHub, type TestRepository } from './hub/test-hub.ts';
export type { Aggregate, IntervalMethod, MetricValue, ScoreColumns } from './metric/metric.ts';
export { aggregates } from './metric/registry.ts';
export type { Capabilities } from './model/capabilities.ts';
export type { Embedder } from './model/embedder.ts';
export {
  type EndpointProbe,
  firstListed,
  type ProbeCall,
  type ProbeCapability,
  type ProbeCheck,
} from './model/endpoint-probe.ts';
export { type GgufMetadata, readGgufMetadata } from './model/gguf-metadata.ts';
export {
  chooseHubModel,
  type HubModelFiles,
  type HubModelId,
  parseHubModelId,
} from './model/hub-model.ts';
export type { LanguageModel } from './model/language-model.ts';
export { listModels } from './model/list.ts';
export {
  bringFile,
  checkModelName,
  isFolder,
  makeModelFolder,
  pathUnderHome,
  removeModelFolder,
  writeManifest,
} from './model/model-folder.ts';
export type { ModelInfo } from './model/model-info.ts';
export { type ManifestInput, type ModelManifest, readManifest } from './model/model-manifest.ts';
export {
  type ModelContext,
  type ModelSpec,
  openEmbedder,
  openLanguageModel,
  openReranker,
  probeModel,
  type ResolvedModel,
  resolveModel,
} from './model/open.ts';
export type { ModelProvider, ProviderContext, SecretLookup } from './model/provider.ts';
export { providers } from './model/registry.ts';
export type { Reranker } from './model/reranker.ts';
export { guardedConnector, guardedFetch } from './network/guarded-connection.ts';
export {
  allowsAddress,
  checkAddress,
  type NetworkPolicy,
  unrestrictedNetwork,
  wrongEntries,
} from './network/network-policy.ts';
export { compileTemplate, type Template } from './prompt/jinja.ts';
export type { Message, Prompt } from './prompt/message.ts';
export { listPrompts, type PromptFile, parsePrompt } from './prompt/prompt-file.ts';
export { templateVariables } from './prompt/template-variables.ts';
export { chunkers } from './rag/chunker/registry.ts';
export { type Corpus, openCorpus } from './rag/corpus.ts';
export type { Chunk, Document, Retrieval, RetrievedChunk } from './rag/document.ts';
export { openRagPipeline } from './rag/open.ts';
export type { RagPipeline } from './rag/pipeline.ts';
export { retrievers } from './rag/retriever/registry.ts';
export { type RagVariant, ragVariantSchema } from './rag/variant.ts';
export type { OutputType } from './request/output-type.ts';
export type {
  FailedResult,
  FailureReason,
  GenerateRequest,
  GenerateResult,
  LanguageRequest,
  LanguageResult,
  LoglikelihoodRequest,
  LoglikelihoodResult,
  RollingRequest,
  Sampling,
  ScoringRequest,
  TokenCount,
} from './request/request.ts';
export type { Timing } from './request/timing.ts';
export { type LackingCapability, lackingCapability } from './run/capability.ts';
export { datasetVersionsOf } from './run/dataset-versions.ts';
export { type RunEnvironment, readEnvironment } from './run/environment.ts';
export type { GateResult, Progress, RunEvent, RunWarning } from './run/event.ts';
export { FinishedSamples } from './run/finished-samples.ts';
export {
  type BaselineJudge,
  baselineGates,
  evaluateGates,
  lastSuccess,
  type Measured,
} from './run/gates.ts';
export { type Plan, type PlanContext, type PlannedEvaluation, planRun } from './run/plan.ts';
export type {
  EvaluationRecord,
  MetricRecord,
  RunRecord,
  RunStatus,
  SampleRecord,
  SampleRequest,
  SampleStatus,
} from './run/record.ts';
export type { ModelOpeners } from './run/resources.ts';
export {
  type EvaluationEnd,
  type EvaluationTotals,
  isOfRetrieval,
  type Measurement,
  type RecordedEvent,
  type ResultReader,
  type ResultStore,
} from './run/result-store.ts';
export { run } from './run/run.ts';
export { type EvaluationOptions, runEvaluation } from './run/run-evaluation.ts';
export type { RunOptions } from './run/run-options.ts';
export { loadSuite, parseSuite, type Suite, type SuiteContext } from './run/suite.ts';
export { type Gate, type SuiteDefinition, suiteSchema } from './run/suite-schema.ts';
export { scorers } from './scorer/registry.ts';
export type { Score, ScorerInput, ScorerPlugin } from './scorer/scorer.ts';
export { detectableDifference } from './statistics/detectable-difference.ts';
export { type Interval, normalInterval, wilsonInterval } from './statistics/interval.ts';
export { openSqliteStore, type SqliteStoreOptions } from './store/sqlite.ts';
export { type ForeignResults, openForeignResults } from './store/sqlite-foreign.ts';
export { expandTask } from './task/expand.ts';
export { listTasks } from './task/list.ts';
export { loadTask } from './task/load.ts';
export type { TaskContext, TaskReference } from './task/reference.ts';
export type { Task, TaskItem, TaskMetric } from './task/task.ts';
export { locate } from './yaml.ts';
