// The test projects of core: fast unit tests, those of them that measure their memory, and slow ones with real models and killed processes.
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const slow = 'src/**/*.slow.test.ts';
const measured = ['src/dataset/open.test.ts'];

export default defineConfig({
  test: {
    maxWorkers: Math.max(1, Math.min(4, availableParallelism() - 1)),
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts'],
          exclude: [slow, ...measured],
          environment: 'node',
          pool: 'forks',
          // Few processes for all files: each loads the same modules, which cost more than many of the tests.
          isolate: false,
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'unit-measured',
          include: measured,
          environment: 'node',
          pool: 'forks',
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'slow',
          include: [slow],
          environment: 'node',
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
