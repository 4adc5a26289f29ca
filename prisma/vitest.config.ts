// Tests on a real Postgres: one server for the run, one database a file.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts'],
    environment: 'node',
    pool: 'forks',
    maxWorkers: 2,
    // Few processes for all files: each loads the same modules, which cost more than many of the tests.
    isolate: false,
    globalSetup: ['./src/test-server.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
