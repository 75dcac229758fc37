import { fraction } from './hash.js';

const HOUR = 3_600_000;

/** Which stretch of so many hours an instant falls in. The parts shift the edges, so that not everything changes on the hour. */
export function timeBucket(now: number, hours: number, ...parts: readonly (string | number)[]): number {
  return Math.floor(now / (hours * HOUR) + fraction('edge', hours, ...parts));
}
