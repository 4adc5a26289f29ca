// Tests over real HTTP on a real Postgres: one server for the run, one database a file.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // graphql must be one module: the file that Node itself takes, not the bundlers' one beside it.
  resolve: { alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql')) }] },
  test: {
    include: ['src/**/*.test.ts'],
    environment: 'node',
    pool: 'forks',
    maxWorkers: 1,
    globalSetup: ['../prisma/src/test-server.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
