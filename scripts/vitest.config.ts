// The tests of the repository itself: the laws over the source, and the launcher.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'repository',
    include: ['**/*.test.ts'],
    environment: 'node',
    testTimeout: 60_000,
    maxWorkers: 2,
  },
});
