import type { CapacityReport } from '../capacity/capacity.shape.js';
import type { Tier } from '../../config/index.js';
import type { ProductCount } from './sql/count-products.js';
import { freshnessReport, tierReports, type TierCount } from './status-report.js';
import type { SupplierFigures } from './status.shape.js';

/** @param tiers its own @param dates counts of all suppliers @param products likewise @param plan what the budget of this one can keep */
export function supplierFigures(
  name: string,
  tiers: readonly Tier[],
  dates: readonly TierCount[],
  products: readonly ProductCount[],
  plan: Pick<CapacityReport, 'feasible' | 'requestsPerMinuteForAll'> | undefined,
): SupplierFigures {
  const counted = dates.filter(({ count }) => count.supplier === name);
  const own = counted.map(({ count }) => count);
  const { mirrored = 0, failing = 0, failingSince = null } = products.find(({ supplier }) => supplier === name) ?? {};
  const stale = own.flatMap(({ staleSince }) => staleSince?.toISOString() ?? []).sort();
  return {
    products: { mirrored, failing, failingSince: failingSince?.toISOString() ?? null },
    freshness: { ...freshnessReport(own), tiers: tierReports(tiers, counted) },
    staleSince: stale[0] ?? null,
    plan: { feasible: plan?.feasible ?? true, requestsPerMinuteForAll: plan?.requestsPerMinuteForAll ?? 0 },
    hintedDays: own.reduce((sum, { hinted }) => sum + hinted, 0),
  };
}
