/** Answers as the server gave them, shortened to one entry of each kind. */

const PRICE = { finalPrice: 341, originalPrice: 441, discount: 0, currencyCode: 'SGD' };
const SLOT = {
  ...{ startDate: '2026-12-13', startTime: '09:00', endTime: '10:30', providerSlotId: '225532700015_2026-12-13T09:00' },
  ...{ variantId: 122, remaining: 150, currencyCode: 'SGD', price: PRICE },
  paxAvailability: [
    {
      ...{ type: 'ADULT_12~99', name: 'Adult', description: '12-99 years', isPrimary: true, min: 1, max: 20 },
      ...{ remaining: 132, price: PRICE },
    },
  ],
};
const AT = '2026-11-24T15:55:08.732Z';
const LATER = '2026-11-24T19:55:08.732Z';
const RUN = {
  ...{ id: '812', instance: 'host-1:4711:9f2c11aa', startedAt: AT, finishedAt: '2026-11-24T15:56:08.732Z' },
  ...{ durationSeconds: 60, requested: 30, changed: 4, unchanged: 25, failed: 1, refused: 0 },
};
const BUDGET = {
  ...{
    requestsPerMinute: 30,
    effectiveRequestsPerMinute: 30,
    throttledUntil: null,
    usedThisMinute: 12,
    usedLastMinute: 30,
  },
  ...{ nextAt: AT, blockedUntil: null, quota: null, circuit: { state: 'closed', failures: 0, retryAt: null } },
};
const FRESHNESS = { days: 122, fresh: 122, stale: 0, neverFetched: 0, share: 1, oldestAsOf: AT };

export const EXAMPLES = {
  day: { id: 15, date: '2026-12-13', asOf: AT, staleAfter: LATER, degraded: null, slots: [SLOT] },
  calendar: {
    ...{ id: 15, from: '2026-11-24', to: '2027-01-24', asOf: AT, staleAfter: LATER, degraded: null },
    ...{ dates: [{ date: '2026-12-13', price: PRICE, remaining: 150, slots: 1 }], unknown: ['2027-01-23'] },
  },
  experience: {
    ...{ id: 15, name: 'Harbour cruise', timeZone: 'Asia/Singapore', syncing: false },
    paused: { since: AT, until: LATER, by: 'alice', reason: 'price list under review' },
  },
  experiences: {
    experiences: [{ id: 15, name: 'Harbour cruise', timeZone: 'Asia/Singapore', syncing: true, paused: null }],
    nextCursor: null,
  },
  status: {
    ...{
      state: 'running',
      since: AT,
      cause: null,
      nextAttemptAt: AT,
      readReplica: null,
      clock: null,
      pausedAt: null,
      pausedBy: null,
      reason: null,
      pausedUntil: null,
      budget: BUDGET,
    },
    ...{ asOf: AT, queue: { due: 0, leased: 1, failing: 0 }, policy: 'value', plan: { feasible: true } },
    freshness: { ...FRESHNESS, tiers: [{ withinDays: 1, maxAgeSeconds: 900, ...FRESHNESS }] },
    runs: [RUN],
    errors: [
      {
        ...{ experienceId: 15, date: '2026-12-14', attempts: 2, error: 'supplier_error: the supplier answered 500' },
        ...{ failedAt: AT, retryAt: LATER, since: AT, cause: 'supplier_error', days: 1 },
        advice: 'Nothing to do here: the supplier fails. Ask it if this lasts.',
      },
    ],
    oddities: [
      {
        ...{ experienceId: 15, code: 'negative_count', date: '2026-12-15', days: 1, slots: 1, since: AT, seenAt: AT },
        detail: '[2].remaining: -2 was read as 0',
        advice: 'Nothing to do: the slot counts as sold out. The supplier has sold more than it has.',
      },
    ],
  },
  pass: {
    ...{ state: 'done', days: 61, confirmed: 61, changed: 3, unchanged: 58, failed: 0, left: 0 },
    ...{ startedAt: AT, finishedAt: LATER },
  },
  dayDetail: {
    ...{ experienceId: 15, date: '2026-12-13', timeZone: 'Asia/Singapore', confirmedAt: AT, changedAt: AT },
    ...{ staleAfter: LATER, version: 3, promiseSeconds: 14_400, leasedUntil: null, leasedBy: null, attempts: 0 },
    due: {
      why: 'turn',
      text: 'By then a request for it is worth as much as any, by how often it changes and is read.',
      at: LATER,
    },
    ...{ lastError: null, failedAt: null, failureKind: null, advice: null, emptySeenAt: null },
    ...{ droppedSlots: 0, oddities: [], slots: [SLOT] },
  },
  dayMap: {
    ...{ asOf: AT, length: 2, promises: [900, 14_400], nextAfter: null },
    experiences: [
      {
        ...{ id: 15, name: null, timeZone: 'Asia/Singapore', from: '2026-11-24', paused: false },
        ...{ ages: [42, null], flags: [0, 8] },
      },
    ],
  },
  history: {
    ...{ range: 'hour', stepSeconds: 60 },
    points: [
      {
        ...{
          at: '2026-11-24T15:55:00.000Z',
          changed: 4,
          unchanged: 25,
          failed: 1,
          refused: 0,
          reads: 8_100,
          hits: 8_000,
        },
        ...{ days: 122, freshDays: 122, ageP50Seconds: 1_800, ageP95Seconds: 10_400 },
      },
    ],
  },
  runs: { runs: [RUN], nextCursor: 'YWZ0ZXIgODEy' },
  audit: {
    entries: [
      {
        ...{ id: '12', at: AT, actor: 'alice', action: 'experience.pause', experienceId: 15 },
        ...{
          detail: { reason: 'price list under review', until: null },
          requestId: '0d6f4dd0-54a3-4f0c-9f3c-0f6c1e0f7a51',
        },
      },
    ],
    nextCursor: null,
  },
  events:
    'event: day\ndata: {"experienceId":15,"date":"2026-12-13","asOf":"2026-11-24T15:55:08.732Z"}\n\n' +
    'event: lease\ndata: {"experienceId":15,"date":"2026-12-14","failing":false,"until":"2026-11-24T15:55:21.000Z"}\n\n',
} as const;
