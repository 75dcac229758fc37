import { ApiError } from './api-error.js';

/** A longer wait is left to whoever asked. */
const LONGEST_MS = 20_000;
const MOST_TRIES = 12;
/** The instant that the server names is by its clock. */
const MARGIN_MS = 200;
/** Orders of one day each end within seconds. */
const OVERLOADED_MS = 2_000;

export interface Waiting {
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
}

/** In a page. */
export const WAITING: Waiting = {
  now: () => Date.now(),
  wait: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
};

/**
 * The background sync uses the same budget, so that there is no room at most instants, and only so many orders are taken at a time: the
 * work is tried again when there is room.
 * @throws whatever the work throws, and when the budget is busy for too long
 */
export async function withinBudget<T>(work: () => Promise<T>, { now, wait }: Waiting): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      const ms = waitOf(error, now());
      if (ms === undefined || ms > LONGEST_MS || tries === MOST_TRIES) throw error;
      await wait(ms);
    }
  }
}

function waitOf(error: unknown, now: number): number | undefined {
  if (!(error instanceof ApiError)) return undefined;
  if (error.code === 'OVERLOADED') return OVERLOADED_MS;
  if (error.code !== 'SUPPLIER_BUSY') return undefined;
  const { retryAt } = error.members;
  return typeof retryAt === 'string' ? Math.max(0, Date.parse(retryAt) - now) + MARGIN_MS : undefined;
}
