import type { BudgetReport } from '../budget/budget.shape.js';
import type { CapacityReport, TierCapacityReport } from '../capacity/capacity.shape.js';
import type { BudgetUse, State, SupplierState } from './status.shape.js';

/** The worst first. A supplier that is paused on purpose is no trouble. */
const WORST_FIRST: readonly State[] = [
  'not_recording',
  'unauthorized',
  'outage',
  'unusable',
  'refused',
  'running',
  'paused',
];

type Present = Omit<SupplierState, 'name' | 'api' | 'tiers' | 'notifications'>;

/**
 * All suppliers as one: the worst of their states, when those that are so are tried next, and the sum of their budgets.
 * @param states at least one
 */
export function worstState(states: readonly SupplierState[]): Present {
  const [worst] = [...states].sort((a, b) => WORST_FIRST.indexOf(a.state) - WORST_FIRST.indexOf(b.state));
  if (!worst) throw new RangeError('there is no supplier');
  const present = presentOf(worst);
  if (states.length === 1) return present;
  const budget = budgetSum(states.map((state) => state.budget));
  return {
    ...present,
    cause: present.cause && { ...present.cause, text: `${worst.name}: ${present.cause.text}` },
    nextAttemptAt: earliest(states.filter(({ state }) => state === worst.state).map((state) => state.nextAttemptAt)),
    budget: { ...budget, circuit: worst.budget.circuit, blockedUntil: worst.budget.blockedUntil },
    budgetUse: useSum(states, budget),
  };
}

function presentOf(state: SupplierState): Present {
  const { state: of, since, cause, nextAttemptAt, budget, budgetUse } = state;
  const { pausedAt, pausedBy, pauseScope, reason, pausedUntil } = state;
  const pause = { pausedAt, pausedBy, pauseScope, reason, pausedUntil };
  return { state: of, since, cause, nextAttemptAt, ...pause, budget, budgetUse };
}

function budgetSum(budgets: readonly BudgetReport[]): BudgetReport {
  const sum = (of: (budget: BudgetReport) => number) => total(budgets.map(of));
  const [first] = budgets;
  if (!first) throw new RangeError('there is no budget');
  return {
    ...first,
    requestsPerMinute: sum((budget) => budget.requestsPerMinute),
    effectiveRequestsPerMinute: sum((budget) => budget.effectiveRequestsPerMinute),
    throttledUntil: latest(budgets.map((budget) => budget.throttledUntil)),
    usedThisMinute: sum((budget) => budget.usedThisMinute),
    usedLastMinute: sum((budget) => budget.usedLastMinute),
    nextAt: earliest(budgets.map((budget) => budget.nextAt)),
    // A quota is one supplier's, and means nothing in a sum.
    quota: null,
  };
}

/** Why not more of the budget is used is said of the supplier that uses the least of its own. */
function useSum(states: readonly SupplierState[], { usedLastMinute, requestsPerMinute }: BudgetReport): BudgetUse {
  const share = Math.min(1, usedLastMinute / requestsPerMinute);
  const [least] = states
    .filter(({ budgetUse }) => budgetUse.limit !== null)
    .sort((a, b) => a.budgetUse.share - b.budgetUse.share);
  if (!least) return { share, limit: null, text: null };
  const { limit, text } = least.budgetUse;
  return { share, limit, text: text === null ? null : `${least.name}: ${text}` };
}

/** What all budgets together can keep. @param reports of the suppliers, at least one */
export function capacitySum(reports: readonly CapacityReport[]): CapacityReport {
  const [first] = reports;
  if (!first) throw new RangeError('there is no supplier');
  if (reports.length === 1) return first;
  const experiences = total(reports.map((report) => report.experiences));
  const sum = (of: (report: CapacityReport) => number) => total(reports.map(of));
  return {
    experiences,
    requestsPerMinute: sum((report) => report.requestsPerMinute),
    feasible: reports.every((report) => report.feasible),
    neededPerDay: sum((report) => report.neededPerDay),
    budgetPerDay: sum((report) => report.budgetPerDay),
    requestsPerMinuteForAll: sum((report) => report.requestsPerMinuteForAll),
    roundHours: Math.max(...reports.map((report) => report.roundHours)),
    rounds: reports.every((report) => report.rounds),
    expectedFreshness: weighted(reports.map((report) => [report.expectedFreshness, report.experiences])),
    learned: reports.every((report) => report.learned),
    tiers: tierSums(reports.flatMap(({ tiers }) => tiers)),
  };
}

/** One sum for each of the tiers that differ, nearest first, then the shortest max age. */
function tierSums(tiers: readonly TierCapacityReport[]): TierCapacityReport[] {
  const isSame = (a: TierCapacityReport, b: TierCapacityReport) =>
    a.withinDays === b.withinDays && a.maxAgeSeconds === b.maxAgeSeconds;
  return tiers
    .filter((tier, i) => tiers.findIndex((each) => isSame(each, tier)) === i)
    .map((tier) =>
      tierSum(
        tier,
        tiers.filter((each) => isSame(each, tier)),
      ),
    )
    .sort((a, b) => a.withinDays - b.withinDays || a.maxAgeSeconds - b.maxAgeSeconds);
}

function tierSum(tier: TierCapacityReport, tiers: readonly TierCapacityReport[]): TierCapacityReport {
  return {
    ...tier,
    days: total(tiers.map(({ days }) => days)),
    neededPerDay: total(tiers.map(({ neededPerDay }) => neededPerDay)),
    holds: tiers.every(({ holds }) => holds),
    keptShare: weighted(tiers.map(({ keptShare, days }) => [keptShare, days])),
  };
}

/** The mean of shares by weight, rounded down to four decimals; 1 without any weight. */
function weighted(shares: readonly (readonly [share: number, weight: number])[]): number {
  const weight = total(shares.map(([, each]) => each));
  const mean = weight === 0 ? 1 : total(shares.map(([share, each]) => share * each)) / weight;
  return Math.floor(mean * 10_000) / 10_000;
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}

function earliest(instants: readonly (string | null)[]): string | null {
  return instants.filter((instant) => instant !== null).sort()[0] ?? null;
}

function latest(instants: readonly (string | null)[]): string | null {
  return (
    instants
      .filter((instant) => instant !== null)
      .sort()
      .at(-1) ?? null
  );
}
