import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'bin/**/*.test.ts'],
    globalSetup: ['src/platform/testing/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // Loading the house anew for each file costs more than half of what its tests do. So no module keeps anything between tests
    // but what follows from the program: what a file changes it gives back.
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
