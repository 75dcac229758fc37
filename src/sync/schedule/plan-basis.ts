import { tiersText, windowOf } from '../../config/index.js';
import type { SupplierTiers } from '../window/supplier-tiers.js';

/** What stored due times were computed with, as it is stored. */
export interface PlanBasis {
  /** What all days depend on: a change of it concerns all, and the window too. */
  readonly common: readonly [version: number, timeZone: string, windowDays: number];
  /** SYNC_TIERS. */
  readonly tiers: string;
  /** The tiers of the suppliers for whom others hold. */
  readonly suppliers: Readonly<Record<string, string>>;
}

export function planBasis(
  [version, timeZone]: readonly [version: number, timeZone: string],
  { usual, configured }: Pick<SupplierTiers, 'usual' | 'configured'>,
): PlanBasis {
  const tiers = tiersText(usual);
  const all = [...configured].map(([name, of]) => [name, tiersText(of)] as const);
  return {
    common: [version, timeZone, windowOf(usual)],
    tiers,
    suppliers: Object.fromEntries(all.filter(([, of]) => of !== tiers).toSorted(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** The due times of whose days depend on what changed. @param before as it was stored */
export function changedFor(before: string, now: PlanBasis): 'all' | ((supplier: string) => boolean) {
  const then = read(before);
  if (!then || JSON.stringify(then.common) !== JSON.stringify(now.common)) return 'all';
  const tiersOf = (basis: PlanBasis, name: string) =>
    Object.hasOwn(basis.suppliers, name) ? basis.suppliers[name] : basis.tiers;
  return (name) => tiersOf(then, name) !== tiersOf(now, name);
}

/** Undefined: another version of this program stored it. */
function read(text: string): PlanBasis | undefined {
  const value = JSON.parse(text) as Partial<PlanBasis> | null;
  const { common, tiers, suppliers } = value ?? {};
  return common && tiers !== undefined && suppliers ? { common, tiers, suppliers } : undefined;
}
