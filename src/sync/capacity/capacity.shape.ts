import * as s from '../../schema/index.js';

const tierCapacity = s.object({
  withinDays: s.count('The tier covers the days less than this many days ahead that no nearer tier covers', 1),
  maxAgeSeconds: s.number(undefined, 900),
  days: s.count(undefined, 1),
  neededPerDay: s.number(undefined, 96),
  holds: s.flag('All its days keep their max age', true),
  keptShare: s.share('The share of its days that keep their max age, rounded down: 1 means all'),
});

/** What the budget can keep, as the status (`plan`) and `npm run plan -- --json` report it. */
export const capacity = s.named(
  'Capacity',
  s.object(
    {
      experiences: s.count(undefined, 1),
      requestsPerMinute: s.count(undefined, 30),
      feasible: s.flag('The budget keeps all max ages', true),
      neededPerDay: s.number('Requests that all max ages take', 96),
      budgetPerDay: s.number('Requests that the budget allows', 43_200),
      requestsPerMinuteForAll: s.count('The smallest budget that keeps all max ages', 1),
      roundHours: s.number('How long it takes to fetch every day once', 0.1),
      rounds: s.flag('No day will get older than 96 hours: a round takes at most half of the budget', true),
      expectedFreshness: s.share('The share of reads that will see the supplier’s current data, rounded down', 0.998),
      learned: s.flag('Expected from the observed rates of this catalogue; false: from assumed rates', true),
      tiers: s.list(tierCapacity),
    },
    'What the budget can keep of the max ages of the tiers',
  ),
);

export type CapacityReport = s.TypeOf<typeof capacity>;
export type TierCapacityReport = s.TypeOf<typeof tierCapacity>;
