import type { CapacityReport } from '../capacity/capacity.shape.js';
import type { DateCount } from './sql/count-days.js';
import type { ProductCount } from './sql/count-products.js';
import { freshnessReport } from './status-report.js';
import type { SupplierFigures } from './status.shape.js';

/** @param dates counts of all suppliers @param products likewise @param plan what the budget of this one can keep */
export function supplierFigures(
  name: string,
  dates: readonly DateCount[],
  products: readonly ProductCount[],
  plan: Pick<CapacityReport, 'feasible' | 'requestsPerMinuteForAll'> | undefined,
): SupplierFigures {
  const own = dates.filter(({ supplier }) => supplier === name);
  const { mirrored = 0, failing = 0, failingSince = null } = products.find(({ supplier }) => supplier === name) ?? {};
  const stale = own.flatMap(({ staleSince }) => staleSince?.toISOString() ?? []).sort();
  return {
    products: { mirrored, failing, failingSince: failingSince?.toISOString() ?? null },
    freshness: freshnessReport(own),
    staleSince: stale[0] ?? null,
    plan: { feasible: plan?.feasible ?? true, requestsPerMinuteForAll: plan?.requestsPerMinuteForAll ?? 0 },
    hintedDays: own.reduce((sum, { hinted }) => sum + hinted, 0),
  };
}
