// Unit tests of the parts that need no browser: reducer, routing, formatting, reconnecting.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts'],
    environment: 'node',
    pool: 'forks',
    maxWorkers: 1,
    // One process for all files: each loads the same modules, which cost more than many of the tests.
    isolate: false,
  },
});
