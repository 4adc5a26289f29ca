// Every REST resource: one line each.
import { datasetDownloadRoute } from './dataset-download.ts';
import { datasetRowsRoute } from './dataset-rows.ts';
import { datasetUploadRoute } from './dataset-upload.ts';
import { exportRoute } from './export.ts';
import { hardwareRoute } from './hardware.ts';
import { healthRoutes } from './health.ts';
import { logsRoute } from './logs.ts';
import { metricsRoute } from './metrics.ts';
import { modelUploadRoute } from './model-upload.ts';
import { openApiRoute } from './openapi-route.ts';
import { prometheusRoute } from './prometheus.ts';
import type { Route } from './route.ts';
import { runImportRoute } from './run-import.ts';
import { runRoutes } from './runs.ts';
import { samplesRoute } from './samples.ts';
import { suiteSchemaRoute } from './suite-schema.ts';

/** Routes in the order in which they are tried. */
export const routes: readonly Route[] = [
  ...runRoutes,
  runImportRoute,
  samplesRoute,
  metricsRoute,
  hardwareRoute,
  logsRoute,
  exportRoute,
  datasetUploadRoute,
  datasetDownloadRoute,
  datasetRowsRoute,
  modelUploadRoute,
  suiteSchemaRoute,
  openApiRoute(() => routes),
  prometheusRoute,
  ...healthRoutes,
];
