import type { SpanDay } from '../inventory/index.js';

type Ages = Pick<SpanDay, 'confirmedAt' | 'staleAfter'>;

/**
 * From when on a day is not sold any more: it is twice as old as its tier allows. A day past its max age is merely late, as days
 * are when the budget is short or the supplier fails for a while. Epoch milliseconds.
 */
export function soldUntil({ confirmedAt, staleAfter }: Ages): number {
  // Without an age that it may have it is never known to be young enough.
  return staleAfter === null ? confirmedAt : staleAfter + Math.max(0, staleAfter - confirmedAt);
}

/** Raw header pairs: how old the known days of an answer are, and which dates are not sold for want of knowledge. */
export function freshnessHeaders(days: readonly SpanDay[], unknown: readonly string[], now: Date): string[] {
  const tooOld = days.filter((day) => soldUntil(day) <= now.getTime()).map(({ date }) => date);
  const pairs: (readonly [string, string | undefined])[] = [
    ['slotmirror-as-of', instant(days.map(({ confirmedAt }) => confirmedAt))],
    ['slotmirror-stale-after', instant(days.flatMap(({ staleAfter }) => staleAfter ?? []))],
    ['slotmirror-unknown-dates', unknown.length === 0 ? undefined : unknown.join(', ')],
    ['slotmirror-too-old-dates', tooOld.length === 0 ? undefined : tooOld.join(', ')],
  ];
  return pairs.flatMap(([name, value]) => (value === undefined ? [] : [name, value]));
}

/** The earliest. */
function instant(epochMs: readonly number[]): string | undefined {
  return epochMs.length === 0 ? undefined : new Date(Math.min(...epochMs)).toISOString();
}
