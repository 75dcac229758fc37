/**
 * Suites that play minutes of a supplier's trouble or budget or days of its freshness, send thousands of requests, start
 * and kill processes, or visit every corner of the console. `npm test` leaves them out; `npm run test:slow` runs them
 * alone, `npm run check` and CI all.
 */
export const SOAK = [
  'test/browser/console.spec.ts',
  'test/browser/work.spec.ts',
  'test/browser/feeds.spec.ts',
  'test/browser/tabs.spec.ts',
  'test/browser/scrolling.spec.ts',
  'test/medium/product-troubles.spec.ts',
  'test/smoke/drain.spec.ts',
  'test/smoke/cluster.spec.ts',
  'test/smoke/webhook-takeover.spec.ts',
  'test/medium/processes-kill.spec.ts',
  'test/medium/processes-pair.spec.ts',
  'test/medium/embedded-postgres.spec.ts',
  'test/medium/sync-value.spec.ts',
  'test/medium/sync-budget.spec.ts',
  'test/medium/sync-retries.spec.ts',
  'test/e2e/openapi-fuzz.spec.ts',
  'test/medium/cache-freshness.spec.ts',
  'test/medium/sync-refusals.spec.ts',
  'test/medium/sync-throttle.spec.ts',
  'test/medium/suppliers-in-trouble.spec.ts',
  'test/medium/read-replica.spec.ts',
  'test/medium/database-start.spec.ts',
  'test/medium/sync-tiers.spec.ts',
  'test/medium/sync-oldest.spec.ts',
  'test/smoke/refused-starts.spec.ts',
  'test/smoke/sync-command.spec.ts',
  'test/e2e/overload.spec.ts',
  'test/e2e/process-zone.spec.ts',
  'test/medium/record-races.spec.ts',
  'test/e2e/random-input.spec.ts',
  'test/medium/pgbouncer.spec.ts',
];

/** The longest of the others, longest first. */
const LONG = [
  'test/medium/mirror-chain.spec.ts',
  'test/e2e/backfill.spec.ts',
  'test/medium/worker-slot.spec.ts',
  'test/medium/stored-instants.spec.ts',
  'test/e2e/evening.spec.ts',
  'test/smoke/plan.spec.ts',
  'test/medium/secrets.spec.ts',
  'test/medium/sync-pause.spec.ts',
  'test/medium/webhooks.spec.ts',
  'test/medium/notifications.spec.ts',
  'test/medium/sync-time.spec.ts',
  'test/e2e/database-outage.spec.ts',
  'test/medium/sync-circuit.spec.ts',
  'test/medium/hint-delay.spec.ts',
];

export const LONGEST_FIRST = [...SOAK, ...LONG];
