import type { SupplierState } from '../monitoring/status.shape.js';
import type { Backfill } from './backfill.js';
import type { VainState } from './backfill.shape.js';

/** A backfill ends if the supplier refuses requests for longer. */
const LONGEST_REFUSAL_MS = 120_000;

/** Ends a backfill if none of its suppliers gets requests for a long time, and leaves out those that don't. */
export function endInVain(backfill: Backfill, suppliers: readonly SupplierState[], now: Date): void {
  const own = suppliers.filter(({ name }) => backfill.suppliers.includes(name));
  const inVain = own.map((supplier) => ({ name: supplier.name, why: vainState(supplier, now) }));
  const [first] = inVain;
  if (first?.why && inVain.every(({ why }) => why !== undefined)) {
    backfill.finish(first.why, now);
    return;
  }
  for (const { name, why } of inVain) if (why) backfill.leaveOut(name, why, now);
}

/** Why nothing of a supplier would be fetched for a long time; undefined: something would. */
function vainState({ state, budget }: Pick<SupplierState, 'state' | 'budget'>, now: Date): VainState | undefined {
  if (state === 'paused' || state === 'outage') return state;
  const blockedMs = budget.blockedUntil === null ? 0 : Date.parse(budget.blockedUntil) - now.getTime();
  return blockedMs > LONGEST_REFUSAL_MS ? 'refused' : undefined;
}
