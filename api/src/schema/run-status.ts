// The closed lists of the schema: statuses, outcomes and orders.
import { EvaluationStatus, RunStatus } from '@bancada/prisma';
import { builder } from '../builder.ts';

/** GraphQL enum `RunStatus`. */
export const RunStatusEnum = builder.enumType(RunStatus, { name: 'RunStatus' });

/** GraphQL enum `EvaluationStatus`. */
export const EvaluationStatusEnum = builder.enumType(EvaluationStatus, { name: 'EvaluationStatus' });

/** GraphQL enum `SortDirection`. */
export const SortDirection = builder.enumType('SortDirection', { values: ['ASC', 'DESC'] as const });

/** A run that is not over. */
export const activeStatuses: readonly RunStatus[] = ['QUEUED', 'RUNNING', 'PAUSED'];
