import type { SyncStatus } from '../../sync/index.js';

/** How far the first fill is. */
export interface Fill {
  readonly confirmed: number;
  readonly days: number;
  readonly perMinute: number;
}

type Counts = Pick<SyncStatus, 'freshness'> & { readonly budget: Pick<SyncStatus['budget'], 'requestsPerMinute'> };

export function fillOf({ freshness, budget }: Counts): Fill {
  return {
    confirmed: freshness.days - freshness.neverFetched,
    days: freshness.days,
    perMinute: budget.requestsPerMinute,
  };
}

export function isFull({ confirmed, days }: Fill): boolean {
  return days > 0 && confirmed === days;
}

/** `122 of 305 days mirrored, about 7 min left` */
export function fillText({ confirmed, days, perMinute }: Fill): string {
  return `${confirmed} of ${days} days mirrored, about ${Math.ceil((days - confirmed) / perMinute)} min left`;
}
