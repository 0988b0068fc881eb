import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{suites,harness,reports,scripts}/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'dist/**', 'build/**'],
    // Tests start real processes and send real signals: each file gets a process of its own, not a thread.
    pool: 'forks',
    // Of the tests of one file that may run at once: more would keep each other from their deadlines on two cores.
    maxConcurrency: 2,
    // A machine with two busy cores, and Wine's first start of a prefix, are slow without being wrong.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    teardownTimeout: 30_000,
  },
})
