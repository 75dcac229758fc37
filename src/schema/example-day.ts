import type { ExampleDay } from './schema.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** The day of `now` in UTC. */
export function exampleDay(now: Date): ExampleDay {
  const midnight = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
  return {
    at: (minutes) => new Date(midnight + DAY_MS / 2 + minutes * MINUTE_MS).toISOString(),
    date: (days) => new Date(midnight + days * DAY_MS).toISOString().slice(0, 10),
  };
}
