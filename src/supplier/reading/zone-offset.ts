import { Temporal } from '@js-temporal/polyfill';
import { LRUCache } from 'lru-cache';

const DAY_MS = 86_400_000;

/** Of a zone and a UTC day: the offset all day, or that it changes in it. Computing one takes some 0.1 ms. */
const offsets = new LRUCache<string, number | 'changes'>({ max: 20_000 });

/** The offset of a zone at an instant, minutes east of UTC. */
export function zoneOffset(timeZone: string, ms: number): number {
  const day = Math.floor(ms / DAY_MS);
  const key = `${day} ${timeZone}`;
  const known = offsets.get(key) ?? offsetOfDay(timeZone, day);
  offsets.set(key, known);
  return known === 'changes' ? computed(timeZone, ms) : known;
}

function offsetOfDay(timeZone: string, day: number): number | 'changes' {
  const [from, to] = [computed(timeZone, day * DAY_MS), computed(timeZone, (day + 1) * DAY_MS)];
  return from === to ? from : 'changes';
}

function computed(timeZone: string, ms: number): number {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone).offsetNanoseconds / 60e9;
}
