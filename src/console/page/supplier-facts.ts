import { count, duration, moment, percent, relative } from './format.js';
import type { KnownSupplier } from './known-supplier.js';

export type Fact = readonly [name: string, value: string];

/** All figures of a supplier in words. @param now epoch milliseconds */
export function supplierFacts(supplier: KnownSupplier, now: number): Fact[] {
  return [
    ...figureFacts(supplier, now),
    ...tierFacts(supplier),
    ...budgetFacts(supplier, now),
    ...hintFacts(supplier, now),
  ];
}

function figureFacts({ figures }: KnownSupplier, now: number): Fact[] {
  if (!figures) return [];
  const { products, freshness, plan } = figures;
  const failing = products.failing === 0 ? 'none fails' : `${count(products.failing)} of them with failing days`;
  const oldest = freshness.oldestAsOf;
  return [
    ['Products', `${count(products.mirrored)} mirrored, ${failing}`],
    ['Days', count(freshness.days)],
    ['Fresh now', freshness.share === null ? 'there are no days' : percent(freshness.share)],
    ['Too old', count(freshness.stale)],
    ['Never fetched', count(freshness.neverFetched)],
    ...(oldest === null ? [] : [['Oldest day', `${relative(oldest, now)} (${moment(oldest, now)})`] as const]),
    [
      'Budget suffices',
      plan.feasible ? 'yes, for all maximum ages' : `no: that takes ${count(plan.requestsPerMinuteForAll)} a minute`,
    ],
  ];
}

function tierFacts({ tiers }: KnownSupplier): Fact[] {
  const text = tiers.map(({ withinDays, maxAgeSeconds }) => {
    return `${duration(maxAgeSeconds)} ${withinDays === 1 ? 'of today' : `within ${count(withinDays)} days`}`;
  });
  return [['Maximum ages', text.join(', ')]];
}

function budgetFacts({ budget, budgetUse }: KnownSupplier, now: number): Fact[] {
  const {
    requestsPerMinute,
    usedThisMinute,
    usedLastMinute,
    effectiveRequestsPerMinute: left,
    throttledUntil,
  } = budget;
  const { blockedUntil, quota, circuit } = budget;
  const facts: (Fact | null)[] = [
    ['Budget', `${count(requestsPerMinute)} requests a minute`],
    ['Used', `${count(usedThisMinute)} this minute, ${count(usedLastMinute)} the last`],
    budgetUse.text === null ? null : ['Why not more', budgetUse.text],
    throttledUntil === null
      ? null
      : ['Throttled', `to ${count(Math.floor(left))} a minute, all of it again at ${moment(throttledUntil, now)}`],
    blockedUntil === null ? null : ['No request before', moment(blockedUntil, now)],
    quota === null ? null : ['Its quota', `${count(quota.remaining)} more until ${moment(quota.resetAt, now)}`],
    circuit.failures === 0 ? null : ['Failures in a row', count(circuit.failures)],
  ];
  return facts.flatMap((fact) => (fact === null ? [] : [fact]));
}

function hintFacts({ notifications: { text, lastHintAt }, figures }: KnownSupplier, now: number): Fact[] {
  const waiting = figures?.hintedDays ?? 0;
  return [
    ['Notifications', text],
    ...(lastHintAt === null
      ? []
      : [['Last notification', `${relative(lastHintAt, now)} (${moment(lastHintAt, now)})`] as const]),
    ...(waiting === 0 ? [] : [['To be fetched for them', waiting === 1 ? '1 day' : `${count(waiting)} days`] as const]),
  ];
}
