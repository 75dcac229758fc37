/**
 * Suites that play minutes of a supplier's trouble or budget, send thousands of requests, or start and kill processes.
 * `npm test` leaves them out; `npm run test:slow` runs them alone, `npm run check` and CI all.
 */
export const SOAK = [
  'test/medium/product-troubles.spec.ts',
  'test/smoke/drain.spec.ts',
  'test/smoke/cluster.spec.ts',
  'test/medium/processes-kill.spec.ts',
  'test/medium/processes-pair.spec.ts',
  'test/medium/embedded-postgres.spec.ts',
  'test/medium/sync-value.spec.ts',
  'test/medium/sync-budget.spec.ts',
  'test/medium/sync-retries.spec.ts',
  'test/e2e/openapi-fuzz.spec.ts',
];

/** The longest of the others, longest first. */
const LONG = [
  'test/browser/console.spec.ts',
  'test/smoke/boots.spec.ts',
  'test/smoke/sync-command.spec.ts',
  'test/medium/read-replica.spec.ts',
  'test/browser/tabs.spec.ts',
  'test/medium/stored-instants.spec.ts',
  'test/medium/sync-time.spec.ts',
  'test/e2e/odd-answers.spec.ts',
  'test/e2e/evening.spec.ts',
  'test/e2e/backfill.spec.ts',
  'test/medium/sync-tiers.spec.ts',
  'test/medium/pgbouncer.spec.ts',
  'test/medium/sync-throttle.spec.ts',
  'test/medium/sync-window.spec.ts',
];

export const LONGEST_FIRST = [...SOAK, ...LONG];
