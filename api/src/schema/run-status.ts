// The closed lists of the schema: statuses, outcomes and orders.
import { EvaluationStatus, RunStatus } from '@bancada/prisma';
import { builder } from '../builder.ts';

/** GraphQL enum `RunStatus`. */
export const RunStatusEnum = builder.enumType(RunStatus, {
  description: 'Where a run stands.',
  name: 'RunStatus',
  values: {
    QUEUED: { description: 'Waits for a worker.' },
    RUNNING: { description: 'Workers are at it.' },
    PAUSED: { description: 'Stands still until it is resumed.' },
    SUCCEEDED: {
      description: 'Every evaluation ran to its end; `gates` and `progress.failed` tell how well.',
    },
    FAILED: { description: 'It, or one of its evaluations, could not run to its end; `error` tells why.' },
    CANCELLED: { description: 'Ended by a person; what was finished stays.' },
  },
});

/** GraphQL enum `EvaluationStatus`. */
export const EvaluationStatusEnum = builder.enumType(EvaluationStatus, {
  description: 'Where an evaluation stands.',
  name: 'EvaluationStatus',
  values: {
    PENDING: { description: 'Not begun.' },
    RUNNING: { description: 'A worker is at it.' },
    SUCCEEDED: { description: 'Every sample was asked.' },
    FAILED: { description: 'It could not run as a whole.' },
  },
});

/** GraphQL enum `SortDirection`. */
export const SortDirection = builder.enumType('SortDirection', {
  description: 'Which way to sort.',
  values: {
    ASC: { description: 'Smallest, earliest or first first.' },
    DESC: { description: 'Largest, latest or last first.' },
  } as const,
});

/** A run that is not over. */
export const activeStatuses: readonly RunStatus[] = ['QUEUED', 'RUNNING', 'PAUSED'];
