import { count, date, id, instant, list, number, orNull, record, ref, text } from './schema-parts.js';

const circuit = record({
  state: { type: 'string', enum: ['closed', 'open', 'half_open'] },
  failures: count,
  retryAt: orNull(instant),
});
export const budget = record({
  ...{ requestsPerMinute: count, effectiveRequestsPerMinute: number, throttledUntil: orNull(instant) },
  ...{ usedThisMinute: count, usedLastMinute: count, nextAt: orNull(instant), blockedUntil: orNull(instant) },
  quota: { anyOf: [record({ remaining: { type: 'integer' }, resetAt: instant }), { type: 'null' }] },
  circuit,
});
const freshness = {
  ...{ days: count, fresh: count, stale: count, neverFetched: count },
  ...{ share: orNull({ type: 'number', minimum: 0, maximum: 1 }), oldestAsOf: orNull(instant) },
};
export const run = record({
  ...{ id: text, instance: text, startedAt: instant, finishedAt: orNull(instant), durationSeconds: orNull(number) },
  ...{ requested: count, changed: count, unchanged: count, failed: count, refused: count },
});
export const readReplica = record({
  state: {
    type: 'string',
    enum: ['unchecked', 'serving', 'behind', 'not_standby', 'other_database', 'unreachable'],
    description: 'Reads go there while it is `serving`',
  },
  since: instant,
  lagSeconds: { ...orNull(number), description: 'How long ago the primary wrote what it lacks' },
  text: { ...orNull(text), description: 'Why no reads go there, and what to do' },
});
export const status = record({
  state: {
    type: 'string',
    enum: ['running', 'paused', 'not_recording', 'refused', 'outage', 'unauthorized', 'unusable'],
  },
  since: { ...instant, description: 'When this state began' },
  cause: {
    anyOf: [record({ code: text, text, advice: text }, 'Why it does not run, and what to do'), { type: 'null' }],
  },
  nextAttemptAt: {
    ...orNull(instant),
    description: 'When the next request may be sent; null: not before somebody resumes',
  },
  ...{ pausedAt: orNull(instant), pausedBy: orNull(text), reason: orNull(text) },
  ...{
    pausedUntil: orNull(instant),
    budget: ref('Budget'),
    readReplica: {
      anyOf: [ref('ReadReplica'), { type: 'null' }],
      description: 'As this process sees it; null: DATABASE_REPLICA_URL is not set',
    },
    clock: {
      anyOf: [record({ at: instant, text }, 'Stored instants that lay in the future were set right'), { type: 'null' }],
    },
    asOf: { ...instant, description: 'When the database told it: older than now only while that is out of reach' },
    queue: record({ due: count, leased: count, failing: count }),
  },
  policy: { type: 'string', enum: ['value', 'tiers'] },
  plan: { type: 'object', description: 'What the budget can keep of what the tiers promise' },
  freshness: record({
    ...freshness,
    tiers: list(record({ withinDays: count, maxAgeSeconds: number, ...freshness })),
  }),
  runs: list(ref('Run')),
  errors: list(
    record({
      ...{ experienceId: id, date, attempts: count, error: text, failedAt: instant, retryAt: orNull(instant) },
      ...{ since: instant, cause: text, days: count, advice: text },
    }),
  ),
  oddities: list(
    record({
      ...{ experienceId: id, code: text, detail: text, date, days: count, slots: count },
      ...{ since: instant, seenAt: instant, advice: text },
    }),
  ),
});
