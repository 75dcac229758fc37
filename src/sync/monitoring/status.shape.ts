import { replica } from '../../prisma/replica.shape.js';
import * as s from '../../schema/index.js';
import { budget } from '../budget/budget.shape.js';
import { capacity } from '../capacity/capacity.shape.js';
import { notifications } from '../subscriptions/subscription.shape.js';
import { run } from './run.shape.js';
import { failure, oddity } from './trouble.shape.js';

/**
 * - `running`: days are fetched as the budget allows
 * - `paused`: by an admin
 * - `not_recording`: answers can't be recorded in the database, so no request is sent
 * - `refused`: the supplier asked us to wait until `budget.blockedUntil`
 * - `outage`: requests for all products fail without an answer; until one is answered, only a probe is sent now and then
 * - `unauthorized`: the supplier does not accept our key
 * - `unusable`: the supplier answers, but for no product with slots
 */
export const STATES = ['running', 'paused', 'not_recording', 'refused', 'outage', 'unauthorized', 'unusable'] as const;

const cause = s.object(
  {
    code: s.text('What happened', 'pause'),
    text: s.text('The same in a sentence, with the supplier’s own words', 'It was paused by alice.'),
    advice: s.text('What to do', 'Resume when the reason for the pause is gone.'),
  },
  'Why it does not run, and what to do',
);

const freshness = s.object({
  days: s.count(undefined, 122),
  fresh: s.count('Confirmed, and not older than the max age of their tier', 122),
  stale: s.count(),
  neverFetched: s.count(),
  share: s.orNull(s.share(), 'fresh / days, rounded down: 1 means all; null: there are no days', 1),
  oldestAsOf: s.orNull(s.instant(), 'The oldest confirmation among them', (day) => day.at(-200)),
});

const tierInForce = s.object({
  withinDays: s.count(
    'The tier covers the days less than this many days ahead that no nearer tier of the supplier covers',
    1,
  ),
  maxAgeSeconds: s.number('How old they may be', 900),
});

const tier = s.object({ ...tierInForce.properties, ...freshness.properties });

const use = s.object(
  {
    share: s.share('Of the budget, in the last whole minute', 0.4),
    limit: s.orNull(
      s.oneOf(['state', 'supplier', 'value']),
      'Why not more: the sync does not run; the supplier allows less; a further request would prevent next to no stale read',
      'value',
    ),
    text: s.orNull(
      s.text(),
      'The same in a sentence; null: the budget is used',
      'No further request is due: none would prevent at least 0.001 stale reads (MIN_VALUE).',
    ),
  },
  'How much of the budget is used, and why not more',
);

const present = {
  state: s.oneOf(STATES),
  since: s.instant('When this state began'),
  cause: s.orNull(cause, 'Why it does not run, and what to do; null: it runs'),
  nextAttemptAt: s.orNull(
    s.instant(),
    'When the next request may be sent; null: not known, as while nothing can be recorded, or not before somebody resumes',
    (day) => day.at(0),
  ),
  pausedAt: s.orNull(s.instant()),
  pausedBy: s.orNull(s.text()),
  pauseScope: s.orNull(s.oneOf(['sync', 'supplier']), 'What is paused; null: nothing'),
  reason: s.orNull(s.text(), 'Of the pause'),
  pausedUntil: s.orNull(s.instant(), 'When the pause ends by itself'),
  budget,
  budgetUse: use,
};

/** Whether one supplier is synced, and why not. */
export const supplierState = s.named(
  'SupplierState',
  s.object({
    name: s.text(undefined, 'leap'),
    api: s.text('The API that it speaks', 'leap'),
    tiers: s.list(tierInForce, 'How old its days may be, nearest first'),
    ...present,
    notifications,
  }),
);

/** One supplier with the counts of its experiences and days. */
const supplierStatus = s.named(
  'SupplierStatus',
  s.object({
    ...supplierState.properties,
    products: s.object({
      mirrored: s.count('Its experiences', 1),
      failing: s.count('Those of which a day fails'),
      failingSince: s.orNull(s.instant(), 'The first failure among them; null: none fails'),
    }),
    freshness: s.object({ ...freshness.properties, tiers: s.list(tier, 'The same by tier') }),
    staleSince: s.orNull(s.instant(), 'When the first of its stale days exceeded its max age; null: none is stale'),
    plan: s.object({
      feasible: s.flag('Its budget keeps all max ages', true),
      requestsPerMinuteForAll: s.count('The smallest budget that keeps all max ages', 1),
    }),
    hintedDays: s.count('Days that it said may have changed, and that were not requested since'),
  }),
);

/** Whether it syncs, and why not. With several suppliers: the worst of their states, and the sum of their budgets. */
const syncState = s.object({
  ...present,
  suppliers: s.list(supplierState, 'Each supplier by itself'),
  readReplica: s.orNull(replica, 'As this process sees it; null: DATABASE_REPLICA_URL is not set'),
  clock: s.orNull(
    s.object({ at: s.instant(), text: s.text('What was done') }),
    'Stored instants that lay in the future were corrected within the last day; null: none were',
  ),
});

/** `GET /api/v1/sync/status` */
export const syncStatus = s.named(
  'Status',
  s.object({
    ...syncState.properties,
    suppliers: s.list(supplierStatus, 'Each supplier by itself'),
    asOf: s.instant('When the database was read: older than now only while it is out of reach'),
    queue: s.object({
      due: s.count('Days that wait for a request'),
      leased: s.count('Days that a request is under way for', 1),
      failing: s.count(),
    }),
    policy: s.oneOf(['value'], 'How the next day to fetch is chosen'),
    plan: capacity,
    freshness: s.object({
      ...freshness.properties,
      tiers: s.list(tier, 'One for each tier of any supplier, with the days of all suppliers that have it'),
    }),
    webhooks: s.object(
      {
        active: s.count(undefined, 1),
        paused: s.count(),
        failing: s.count(
          'No message was taken for three days, or their place in the feed is lost; GET /api/v1/webhook says which',
        ),
        disabled: s.count('Their receivers answered 410'),
      },
      'How many webhooks are in each state',
    ),
    runs: s.list(run, 'The last ones, newest first'),
    errors: s.list(failure, 'What fails, once per product and cause, last failure first'),
    oddities: s.list(oddity, 'What was odd about accepted answers, once per product and kind, last seen first'),
  }),
);

export type State = (typeof STATES)[number];
export type BudgetUse = s.TypeOf<typeof use>;
export type Cause = s.TypeOf<typeof cause>;
export type FreshnessReport = s.TypeOf<typeof freshness>;
export type TierReport = s.TypeOf<typeof tier>;
export type SupplierState = s.TypeOf<typeof supplierState>;
/** What the live feed, which counts no days, does not send. */
export type SupplierFigures = Omit<SupplierStatus, keyof SupplierState>;
export type SupplierStatus = s.TypeOf<typeof supplierStatus>;
export type SyncState = s.TypeOf<typeof syncState>;
export type SyncStatus = s.TypeOf<typeof syncStatus>;
export type QueueReport = SyncStatus['queue'];
