import { parseDuration } from './values.js';

/** Within the first `days` days from today a day may be at most `maxAgeMs` old. */
export interface Tier {
  readonly days: number;
  readonly maxAgeMs: number;
}

/** `1:15m,7:4h` → tiers, nearest first. */
export function parseTiers(text: string): readonly Tier[] {
  const tiers = text.split(',').map((part) => {
    const match = /^\s*(\d{1,3}):(\S+)\s*$/.exec(part);
    if (!match) throw new Error(`"${part}" is not a tier; write days:age pairs like 1:15m,7:4h,30:24h,61:24h`);
    return { days: Number(match[1]), maxAgeMs: parseDuration(match[2] ?? '') };
  });
  tiers.forEach((tier, i) => {
    if (tier.days < 1 || tier.days > 366) throw new Error(`"${text}": a tier reaches from 1 to 366 days`);
    if (i > 0 && tier.days <= (tiers[i - 1]?.days ?? 0)) {
      throw new Error(`"${text}": the days of the tiers must rise, like 1:15m,7:4h,30:24h`);
    }
  });
  return tiers;
}

/** Tiers as they are written: `1:15m,7:4h`. */
export function tiersText(tiers: readonly Tier[]): string {
  return tiers.map(({ days, maxAgeMs }) => tierText(days, maxAgeMs)).join(',');
}

/** One of them: `7:4h`. */
export function tierText(days: number, maxAgeMs: number): string {
  return `${days}:${durationText(maxAgeMs)}`;
}

/** How many days from today on these tiers cover: the last N. */
export function windowOf(tiers: readonly Tier[]): number {
  return tiers.at(-1)?.days ?? 0;
}

/** The same max ages for a window of `days` days. */
export function tiersWithin(days: number, tiers: readonly Tier[]): readonly Tier[] {
  const last = tiers.find((tier) => tier.days >= days) ?? tiers.at(-1);
  return [...tiers.filter((tier) => tier.days < days), ...(last ? [{ ...last, days }] : [])];
}

const UNITS = [
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
] as const;

/** A duration as `parseDuration` reads it, in the largest unit that gives a whole number. */
function durationText(ms: number): string {
  const [unit, size] = UNITS.find(([, each]) => ms % each === 0) ?? ['ms', 1];
  return `${ms / size}${unit}`;
}
