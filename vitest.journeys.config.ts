import { defineConfig } from 'vitest/config';

/**
 * Browser journeys against the built application: two at a time, each with a server and a database of its own. Those of one
 * process share its browser.
 */
export default defineConfig({
  test: {
    include: ['test/journeys/**/*.test.ts'],
    globalSetup: ['src/platform/testing/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    isolate: false,
    testTimeout: 120_000,
    // A page may take a while on a busy machine; it is asked until it shows what is expected.
    expect: { poll: { timeout: 15_000, interval: 100 } },
    hookTimeout: 180_000,
  },
});
