import type { PaxAvailability } from './slot.js';

/** The primary pax type first, then by type (code units), so that another order in the supplier's list is no change. */
export function inPaxOrder(paxTypes: readonly PaxAvailability[]): PaxAvailability[] {
  return [...paxTypes].sort((a, b) => Number(b.isPrimary) - Number(a.isPrimary) || compareText(a.type, b.type));
}

/**
 * The pax type whose price is the slot's: the one flagged as primary. If none is flagged: the first adult, else the most
 * expensive. Prices of different currencies are not compared.
 * @param sorted in pax order, at least one
 */
export function primaryOf(sorted: readonly PaxAvailability[]): PaxAvailability | undefined {
  return (
    sorted.find((pax) => pax.isPrimary) ??
    sorted.find((pax) => pax.type.toUpperCase().startsWith('ADULT')) ??
    (oneCurrency(sorted) ? dearest(sorted) : sorted[0])
  );
}

/** Compares by UTF-16 code units, which is the same on every machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function oneCurrency(paxTypes: readonly PaxAvailability[]): boolean {
  return new Set(paxTypes.map(({ price }) => price.currencyCode)).size === 1;
}

function dearest([first, ...others]: readonly PaxAvailability[]): PaxAvailability | undefined {
  return others.reduce((best, pax) => (best && best.price.finalPrice >= pax.price.finalPrice ? best : pax), first);
}
