// Tests over real HTTP on a real Postgres: one server for the run, one database a file.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// Their own memory is measured.
const measured = ['src/rest/hostile-upload.test.ts'];

const shared = {
  environment: 'node',
  pool: 'forks',
  testTimeout: 60_000,
  hookTimeout: 60_000,
  unstubEnvs: true,
} as const;

// graphql must be one module: the file that Node itself takes, not the bundlers' one beside it.
const resolve = {
  alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql')) }],
};

export default defineConfig({
  test: {
    maxWorkers: 1,
    globalSetup: ['../prisma/src/test-server.ts'],
    projects: [
      {
        resolve,
        test: {
          ...shared,
          name: 'api',
          include: ['src/**/*.test.ts'],
          exclude: measured,
          // One process for all files: each loads the same modules, which cost more than many of the tests.
          isolate: false,
        },
      },
      { resolve, test: { ...shared, name: 'measured', include: measured } },
    ],
  },
});
