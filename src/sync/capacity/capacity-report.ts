import { tierText } from '../../config/index.js';
import type { CapacityPlan } from './capacity-plan.js';
import type { CapacityReport } from './capacity.shape.js';

export function capacityReport(plan: CapacityPlan): CapacityReport {
  return {
    experiences: plan.experiences,
    requestsPerMinute: plan.requestsPerMinute,
    feasible: plan.feasible,
    neededPerDay: Math.round(plan.neededPerDay),
    budgetPerDay: Math.round(plan.budgetPerDay),
    requestsPerMinuteForAll: plan.requestsPerMinuteForAll,
    roundHours: Math.ceil(plan.roundHours * 10) / 10,
    rounds: plan.rounds,
    expectedFreshness: roundedDown(plan.freshness),
    learned: plan.learned,
    tiers: plan.tiers.map((tier) => ({
      withinDays: tier.days,
      maxAgeSeconds: tier.maxAgeMs / 1_000,
      days: tier.covered,
      neededPerDay: Math.round(tier.neededPerDay),
      holds: tier.holds,
      keptShare: roundedDown(tier.keptShare),
    })),
  };
}

/** One line for the log at the start; undefined if the budget keeps all max ages. */
export function capacityWarning(plan: CapacityPlan): string | undefined {
  if (plan.feasible) return undefined;
  const { experiences, requestsPerMinute, neededPerDay, budgetPerDay, tiers } = plan;
  const broken = tiers.filter((tier) => !tier.holds).map((tier) => tierText(tier.days, tier.maxAgeMs));
  return (
    `The budget is too small: for ${countText(experiences)} experiences the max ages need ${countText(neededPerDay)} ` +
    `requests a day, ${countText(requestsPerMinute)} a minute gives ${countText(budgetPerDay)}. ` +
    (broken.length > 0 ? `Not every day will keep ${broken.join(', ')}. ` : '') +
    `Expected freshness by value: ${shareText(plan.freshness)}. ` +
    `All would be kept with ${countText(plan.requestsPerMinuteForAll)} a minute. Try others: npm run plan`
  );
}

/** 83,700 */
export function countText(count: number): string {
  return Math.round(count).toLocaleString('en');
}

/** 0.940; rounded down: 1.000 means all. */
export function shareText(share: number): string {
  return (Math.floor(share * 1_000) / 1_000).toFixed(3);
}

/** To four decimals; 1 means all. */
function roundedDown(share: number): number {
  return Math.floor(share * 10_000) / 10_000;
}
